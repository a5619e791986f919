import{A as e,D as t,E as n,N as r,O as i,T as a,n as o,t as s}from"./following-f87d9a82.js";import{I as c,z as l}from"./now-eef0c007.js";import{n as u,r as d}from"./card-config-7743e990.js";var f=class extends t{constructor(...e){super(...e),this.preview=!1,this.following=new s(this)}static{this.styles=[l,r`
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
    `]}set hass(e){this.following.home=e}render(){let{words:t}=this.following;return e`<ha-card>${t&&this.config?this.content(t,this.config):i}</ha-card>`}content(t,n){let{following:r}=this,a=d(n,r.buildings??[]);if(!a)return this.says(r.failure||t.say(this.absence(n)),r.failure!==``);let o=u(n,a);return e`
      ${n.title===!1||n.compact?i:e`<h2 class="title">${a.name}</h2>`}
      ${r.failure?this.says(r.failure,!0):i}
      ${r.isReady(a)?i:this.says(t.say(`panel_not_ready`),!0)}
      ${o?this.views(t.in(a.time_zone),o.building,o.more,n):this.says(t.refusal({translation_key:`no_such_door`}),!0)}
    `}absence({building:e}){let{absence:t,access:n}=this.following;return t===`panel_loading`||e===void 0?t:n.notReady.includes(e)?`panel_nothing_ready`:`card_not_enrolled`}says(t,n=!1){return e`<div class="said"><p class=${n?`status bad`:``} role="status">${t}</p></div>`}views(t,n,r,a){let o=a.compact===!0,{home:s,access:l}=this.following;return e`
      <div class="views" ?inert=${this.preview} @ca-told=${e=>this.tell(e)}>
        <courier-access-now
          flat .home=${s} .words=${t} .access=${l} .building=${n} .news=${this.following.news}
          .pauses=${!o&&a.pause!==!1} .compact=${o}
        ></courier-access-now>
        ${r>0?e`<a class="more" href=${c(n,`deliveries`)}>
              ${t.say(`panel_more`)} (${r})
            </a>`:i}
      </div>
    `}tell({detail:{text:e,undo:t}}){let n=t&&{text:this.following.words?.say(`panel_undo`)??``,action:t},r={message:e,...n&&{action:n,duration:1e4}};this.dispatchEvent(new CustomEvent(`hass-notification`,{detail:r,bubbles:!0,composed:!0}))}};o([a({attribute:!1})],f.prototype,`config`,void 0),o([a({attribute:!1})],f.prototype,`preview`,void 0),f=o([n(`courier-access-card-shown`)],f);