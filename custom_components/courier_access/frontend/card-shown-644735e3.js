import{A as e,L as t,M as n,P as r,j as i,k as a,r as o,t as s}from"./following-7109ee7a.js";import{G as c,J as l}from"./now-f95d06bb.js";import{n as u,r as d}from"./card-config-7743e990.js";var f=class extends i{constructor(...e){super(...e),this.preview=!1,this.following=new s(this)}static{this.styles=[l,t`
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
    `]}set hass(e){this.following.home=e}render(){let{words:e}=this.following;return r`<ha-card>${e&&this.config?this.content(e,this.config):n}</ha-card>`}content(e,t){let{following:i}=this,a=d(t,i.buildings??[]);if(!a)return this.says(i.failure||e.say(this.absence(t)),i.failure!==``);let o=u(t,a);return r`
      ${t.title===!1||t.compact?n:r`<h2 class="title">${a.name}</h2>`}
      ${i.failure?this.says(i.failure,!0):n}
      ${i.isReady(a)?n:this.says(e.say(`panel_not_ready`),!0)}
      ${o?this.views(e.in(a.time_zone),o.building,o.more,t):this.says(e.refusal({translation_key:`no_such_door`}),!0)}
    `}absence({building:e}){let{absence:t,access:n}=this.following;return t===`panel_loading`||e===void 0?t:n.notReady.includes(e)?`panel_nothing_ready`:`card_not_enrolled`}says(e,t=!1){return r`<div class="said"><p class=${t?`status bad`:``} role="status">${e}</p></div>`}views(e,t,i,a){let o=a.compact===!0,{home:s,access:l}=this.following;return r`
      <div class="views" ?inert=${this.preview} @ca-told=${e=>this.tell(e)}>
        <courier-access-now
          flat .home=${s} .words=${e} .access=${l} .building=${t} .news=${this.following.news}
          .pauses=${!o&&a.pause!==!1} .compact=${o}
        ></courier-access-now>
        ${i>0?r`<a class="more" href=${c(t,`deliveries`)}>
              ${e.say(`panel_more`)} (${i})
            </a>`:n}
      </div>
    `}tell({detail:{text:e,undo:t}}){let n=t&&{text:this.following.words?.say(`panel_undo`)??``,action:t},r={message:e,...n&&{action:n,duration:1e4}};this.dispatchEvent(new CustomEvent(`hass-notification`,{detail:r,bubbles:!0,composed:!0}))}};o([a({attribute:!1})],f.prototype,`config`,void 0),o([a({attribute:!1})],f.prototype,`preview`,void 0),f=o([e(`courier-access-card-shown`)],f);