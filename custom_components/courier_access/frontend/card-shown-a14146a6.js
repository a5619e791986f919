import{D as e,E as t,M as n,T as r,k as i,n as a,t as o,w as s}from"./following-488cfcc5.js";import{b as c}from"./now-9d336761.js";import{n as l,r as u}from"./card-config-7743e990.js";var d=class extends t{constructor(...e){super(...e),this.preview=!1,this.following=new o(this)}static{this.styles=[c,n`
      ha-card {
        display: block;
        overflow: hidden;
      }
      .title {
        font-size: 1.3rem;
        font-weight: 400;
        padding: 12px 16px 8px;
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
    `]}set hass(e){this.following.home=e}render(){let{words:t}=this.following;return i`<ha-card>${t&&this.config?this.content(t,this.config):e}</ha-card>`}content(t,n){let{following:r}=this,a=u(n,r.buildings??[]);if(!a)return this.says(r.failure||t.say(this.absence(n)),r.failure!==``);let o=l(n,a);return i`
      ${n.title===!1||n.compact?e:i`<h2 class="title">${a.name}</h2>`}
      ${r.failure?this.says(r.failure,!0):e}
      ${r.isReady(a)?e:this.says(t.say(`panel_not_ready`),!0)}
      ${o?this.views(t,o.building,o.more,n):this.says(t.refusal({translation_key:`no_such_door`}),!0)}
    `}absence({building:e}){let{absence:t,access:n}=this.following;return t===`panel_loading`||e===void 0?t:n.notReady.includes(e)?`panel_nothing_ready`:`card_not_enrolled`}says(e,t=!1){return i`<div class="said"><p class=${t?`status bad`:``} role="status">${e}</p></div>`}views(t,n,r,a){let o=a.compact===!0,{home:s,access:c}=this.following;return i`
      <div class="views" ?inert=${this.preview} @ca-told=${e=>this.tell(e)}>
        <courier-access-now
          flat .home=${s} .words=${t} .access=${c} .building=${n} .news=${this.following.news}
          .pauses=${!o&&a.pause!==!1} .compact=${o}
        ></courier-access-now>
        ${r>0?i`<a class="more" href="/courier-access/deliveries?building=${n.building}">
              ${t.say(`panel_more`)} (${r})
            </a>`:e}
      </div>
    `}tell({detail:{text:e,undo:t}}){let n=t&&{text:this.following.words?.say(`panel_undo`)??``,action:t},r={message:e,...n&&{action:n,duration:1e4}};this.dispatchEvent(new CustomEvent(`hass-notification`,{detail:r,bubbles:!0,composed:!0}))}};a([s({attribute:!1})],d.prototype,`config`,void 0),a([s({attribute:!1})],d.prototype,`preview`,void 0),d=a([r(`courier-access-card-shown`)],d);