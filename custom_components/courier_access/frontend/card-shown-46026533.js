import{a as e,f as t,i as n,l as r,n as i,o as a,s as o,t as s}from"./following-38a74876.js";import{C as c}from"./now-bbdf385f.js";import{n as l,r as u}from"./card-config-3bf56e8c.js";var d=class extends a{constructor(...e){super(...e),this.preview=!1,this.following=new s(this)}static{this.styles=[c,t`
      ha-card {
        display: block;
        overflow: hidden;
      }
      .title {
        font-size: 1.3rem;
        font-weight: 400;
        padding: 16px 16px 12px;
        margin: 0;
      }
      /* The line above the first section is for what stands above it. */
      .views {
        margin-block-start: -1px;
      }
      .more {
        display: block;
        padding: 0 16px 16px;
        color: var(--primary-text-color, #141414);
      }
      .said {
        padding: 12px 16px;
      }
      .said p {
        margin: 0;
      }
    `]}set hass(e){this.following.home=e}render(){let{words:e}=this.following;return r`<ha-card>${e&&this.config?this.content(e,this.config):o}</ha-card>`}content(e,t){let{following:n}=this,i=u(t,n.buildings??[]);if(!i)return this.says(n.failure||e.say(this.absence(t)),n.failure!==``);let a=l(t,i);return r`
      ${t.title===!1?o:r`<h2 class="title">${i.name}</h2>`}
      ${n.failure?this.says(n.failure,!0):o}
      ${n.isReady(i)?o:this.says(e.say(`panel_not_ready`),!0)}
      ${a?this.views(e,a.building,a.more):this.says(e.refusal({translation_key:`no_such_door`}),!0)}
    `}absence({building:e}){let{absence:t,access:n}=this.following;return t===`panel_loading`||e===void 0?t:n.notReady.includes(e)?`panel_nothing_ready`:`card_not_enrolled`}says(e,t=!1){return r`<div class="said"><p class=${t?`status bad`:``} role="status">${e}</p></div>`}views(e,t,n){let{home:i,access:a}=this.following;return r`
      <div class="views" ?inert=${this.preview} @ca-told=${e=>this.tell(e)}>
        <courier-access-now
          flat .home=${i} .words=${e} .access=${a} .building=${t}
        ></courier-access-now>
        <courier-access-deliveries
          flat .home=${i} .words=${e} .access=${a} .building=${t}
        ></courier-access-deliveries>
        ${n>0?r`<a class="more" href="/courier-access/deliveries?building=${t.building}">
              ${e.say(`panel_more`)} (${n})
            </a>`:o}
      </div>
    `}tell(e){let t={message:e.detail.text};this.dispatchEvent(new CustomEvent(`hass-notification`,{detail:t,bubbles:!0,composed:!0}))}};i([n({attribute:!1})],d.prototype,`config`,void 0),i([n({attribute:!1})],d.prototype,`preview`,void 0),d=i([e(`courier-access-card-shown`)],d);