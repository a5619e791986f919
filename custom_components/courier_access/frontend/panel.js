import{A as e,C as t,D as n,E as r,N as i,O as a,P as o,S as s,T as c,_ as l,a as ee,b as te,c as ne,d as re,f as ie,g as ae,h as oe,i as u,j as d,k as f,l as se,m as ce,n as le,o as ue,p,r as m,s as de,t as fe,u as pe,v as me,w as he,x as ge,y as _e}from"./following-33527bd4.js";import{$ as h,A as ve,B as g,C as ye,D as be,E as xe,F as _,G as v,H as y,I as Se,J as b,K as Ce,L as x,M as we,N as Te,O as Ee,P as De,Q as S,R as C,S as Oe,T as ke,U as w,V as T,W as E,X as Ae,Y as D,Z as je,_ as Me,a as Ne,b as Pe,c as Fe,d as Ie,et as Le,f as Re,g as ze,h as Be,i as Ve,it as He,j as Ue,k as We,l as O,m as Ge,n as Ke,nt as qe,o as Je,p as Ye,q as Xe,r as Ze,rt as Qe,s as $e,t as et,tt as k,u as tt,v as nt,w as rt,x as it,y as at,z as A}from"./now-90b3d3f9.js";var ot=`important`,st=` !`+ot,ct=qe(class extends Qe{constructor(e){if(super(e),e.type!==He.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(t,[n]){let{style:r}=t.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(n)),this.render(n);for(let e of this.ft)n[e]??(this.ft.delete(e),e.includes(`-`)?r.removeProperty(e):r[e]=null);for(let e in n){let t=n[e];if(t!=null){this.ft.add(e);let n=typeof t==`string`&&t.endsWith(st);e.includes(`-`)||n?r.setProperty(e,n?t.slice(0,-11):t,n?ot:``):r[e]=t}}return e}});function j(e,t){return e.date(`2024-01-0${t+1}`,{weekday:`short`})}function lt(e,t){let n=ae(t);return n===`always`||n===`none`?e.say(`panel_week_${n}`):de(t).map(({days:t,windows:n})=>`${ut(e,t)} ${n.map(({from:t,to:n})=>e.hours(t,n)).join(`, `)}`).join(` · `)}function ut(e,t){return t.length===7?e.say(`page_every_day`):ge(t).map(([t,n])=>{let r=n===t+1?`, `:`–`;return t===n?j(e,t):j(e,t)+r+j(e,n)}).join(`, `)}var dt=10,ft=5,pt=60,mt=60,ht=44,gt={from:`08:00`,to:`18:00`},_t=[0,1,2,3,4],vt=[..._t,5,6],M=class extends a{constructor(...e){super(...e),this.spans=[]}static{this.styles=[A,o`
      .day,
      .scale {
        display: grid;
        grid-template-columns: 2.6em 1fr 44px;
        gap: 6px;
        align-items: center;
      }
      .day {
        margin-block: 4px;
      }
      .name {
        font-size: 0.9rem;
      }
      .place {
        position: relative;
      }
      .track {
        position: relative;
        height: 44px;
        border: 1px solid var(--secondary-text-color, #727272);
        border-radius: 6px;
        overflow: hidden;
        touch-action: pan-y;
        cursor: crosshair;
        background-image: linear-gradient(
          to right,
          var(--divider-color, #d0d0d0) 1px,
          transparent 1px
        );
        background-size: 12.5% 100%;
      }
      .window {
        position: absolute;
        inset-block: 3px;
        min-height: 0;
        min-width: 6px;
        padding: 0;
        border: 0;
        border-radius: 5px;
        background: color-mix(in srgb, var(--primary-color, #009ac7) 28%, transparent);
        border: 2px solid var(--primary-color, #009ac7);
        border-inline-width: 5px;
        touch-action: none;
        cursor: grab;
      }
      .window.chosen {
        outline: 3px solid var(--primary-text-color, #141414);
        outline-offset: -3px;
      }
      .label {
        position: absolute;
        inset-block: 0;
        display: flex;
        align-items: center;
        justify-content: center;
        box-sizing: border-box;
        padding-inline: 5px;
        font-size: 0.75rem;
        white-space: nowrap;
        pointer-events: none;
      }
      .bubble {
        position: absolute;
        inset-block-end: calc(100% + 6px);
        translate: -50%;
        padding: 6px 10px;
        border-radius: 8px;
        background: var(--primary-text-color, #141414);
        color: var(--primary-background-color, #fafafa);
        white-space: nowrap;
        pointer-events: none;
        z-index: 2;
      }
      .bubble:dir(rtl) {
        translate: 50%;
      }
      ha-icon-button,
      .only-icon {
        --ha-icon-button-size: 44px;
        width: 44px;
        height: 44px;
      }
      /* A font size of its own would give the row other columns than the days have: they are in em. */
      .hours {
        position: relative;
        margin-inline: 1px; /* A track's border. */
        height: 1.45rem;
        grid-column: 2;
      }
      .hours span {
        position: absolute;
        width: 2em;
        margin-inline-start: -1em;
        font-size: 0.75rem;
        text-align: center;
      }
    `]}render(){let e=this.shown??this.spans;return d`
      <p class="soft">${this.say(`week_how`)}</p>
      <p class="quiet" id="keys">${this.say(`week_keys`)}</p>
      <div class="scale" aria-hidden="true">
        <div class="hours">
          ${[0,6,12,18,24].map(e=>d`<span style=${ct({"inset-inline-start":`${e/24*100}%`})}>${e}</span>`)}
        </div>
      </div>
      ${he.map((t,n)=>this.day(t,n,e))}
      ${this.edited?this.editor(this.edited):f}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}day(e,t,n){let r=this.words.say(`page_${e}`),i=n.filter(e=>e.day===t),a=i.map(({from:e,to:t})=>this.words.hours(e,t)),o=oe(i,a.map(e=>mt+ht*e.length));return d`
      <div class="day" role="group" aria-label=${r}>
        <span class="name" title=${r}>${j(this.words,t)}</span>
        <div class="place">
          <div
            class="track"
            data-day=${t}
            @pointerdown=${e=>this.begin(e,t)}
            @pointermove=${e=>this.follow(e)}
            @pointerup=${e=>this.end(e)}
            @pointercancel=${()=>this.leave()}
          >
            ${i.map(e=>this.window(e,r))}
            ${i.map((e,t)=>this.label(e,o[t],a[t]))}
          </div>
          ${this.held?.day===t?this.bubble(this.held):f}
        </div>
        ${b(`add`,this.say(`week_add`,{day:r}),()=>this.add(t))}
      </div>
    `}label({from:e,to:t},n,r){if(n===void 0||n===`nowhere`)return f;let i={in:{"inset-inline-start":N(e),width:N(t-e)},before:{"inset-inline-end":N(u-e)},after:{"inset-inline-start":N(t)}}[n];return d`<span class="label" aria-hidden="true" style=${ct(i)}>${r}</span>`}bubble({from:e,to:t}){let n=Math.min(u*.85,Math.max(u*.15,(e+t)/2));return d`<span class="bubble" aria-hidden="true" style=${ct({"inset-inline-start":N(n)})}
      >${this.words.hours(e,t)}</span
    >`}window(e,t){let n=this.chosen?.day===e.day&&this.chosen.from===e.from,r=e.from===0&&e.to===1440;return d`
      <button
        class="window ${n?`chosen`:``}"
        data-from=${ne(e.from)}
        data-to=${ne(e.to)}
        aria-haspopup="dialog"
        aria-describedby="keys"
        aria-label=${r?this.words.say(`page_hours_line`,{days:t,hours:this.say(`all_day`)}):this.say(`week_window`,{day:t,from:this.words.clock(e.from),to:this.words.clock(e.to)})}
        style=${ct({"inset-inline-start":N(e.from),width:N(e.to-e.from)})}
        @click=${()=>this.edit(e)}
        @keydown=${t=>this.key(t,e)}
      ></button>
    `}edit(e){let t=e.from===0&&e.to===1440,n=t?gt:{from:ne(e.from),to:ne(e.to%u)};this.chosen={day:e.day,from:e.from},this.edited={span:e,isWhole:t,...n,onto:[]}}editor(e){let{span:t,isWhole:n,from:r,to:i}=e,a=t=>this.edited={...e,...t},o=yt(e);return E(this.words.say(`page_${he[t.day]??`monday`}`),d`
        ${Le(this.say(`all_day`),n,e=>a({isWhole:e}))}
        ${n?f:d`<div class="row">
              ${h(this.home,this.say(`from`),r,e=>a({from:e}),{required:!0})}
              ${h(this.home,this.say(`to`),i,e=>a({to:e}),{required:!0})}
            </div>`}
        ${r&&i&&!o?g(`error`,this.say(`ends_early`)):f} ${this.copies(e,a)}
      `,{main:T(this.say(`save`),()=>o&&this.keep(e,o),{kind:`main`,disabled:!o}),other:T(this.say(`delete`),()=>this.keep(e,void 0),{kind:`stop`})},()=>this.edited=void 0)}copies({span:e,onto:t},n){let r=(r,i)=>{let a=i.filter(t=>t!==e.day),o=a.every(e=>t.includes(e)),s=t.filter(e=>!a.includes(e));return d`<button aria-pressed=${o} @click=${()=>n({onto:o?s:[...s,...a]})}>
        ${r}
      </button>`};return d`
      <h3 id="copy">${this.say(`copy`)}</h3>
      <div class="chips" role="group" aria-labelledby="copy">
        ${r(this.words.say(`page_every_day`),vt)} ${r(this.say(`workdays`),_t)}
        ${vt.filter(t=>t!==e.day).map(e=>r(j(this.words,e),[e]))}
      </div>
    `}keep({span:e,onto:t},n){let r=re(this.spans,e.day,e.from);this.edited=void 0,n?this.emit(se(this.choose(r,n),e.day,t)):this.change(r,void 0),this.focusOn(e.day)}add(e){let t=te(this.spans,e);t&&this.change(void 0,t),this.focusOn(e)}key(e,t){let n=getComputedStyle(this).direction===`rtl`?`ArrowLeft`:`ArrowRight`,r=n===`ArrowLeft`?`ArrowRight`:`ArrowLeft`,i={[n]:15,[r]:-15}[e.key],a=t;if(i!==void 0)a=e.shiftKey?_e(t,`to`,t.to+i):ce(t,t.day,t.from+i);else if(e.key===`ArrowDown`||e.key===`ArrowUp`)a=ce(t,t.day+(e.key===`ArrowDown`?1:-1),t.from);else if(e.key===`Delete`||e.key===`Backspace`)a=void 0;else return;e.preventDefault(),this.change(t,a),this.focusOn(a?.day??t.day)}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelectorAll(`.day`)[e]?.querySelector(`.window.chosen, ha-icon-button, .only-icon`)?.focus()})}begin(e,t){if(e.button!==0||this.drag)return;let n=e.target,r=e.currentTarget,i=this.minuteOf(e,r),a=n.classList.contains(`window`)?re(this.spans,t,this.inside(i)):void 0;this.drag={grip:a?this.grip(e,n):`draw`,pointer:e.pointerId,began:{x:e.clientX,at:i},span:a,row:t,moves:!1},r.setPointerCapture(e.pointerId)}follow(e){let{drag:t}=this;t?.pointer===e.pointerId&&(t.moves||=Math.abs(e.clientX-t.began.x)>ft||this.rowOf(e)!==t.row,t.moves&&(this.held=this.dragged(t,e),this.shown=me(this.spans,t.span,this.held)))}end(e){let{drag:t}=this;t?.pointer===e.pointerId&&(this.leave(),t.moves?this.change(t.span,this.dragged(t,e)):t.span?this.edit(t.span):this.change(void 0,pe(t.row,t.began.at,t.began.at+pt)))}leave(){this.drag=void 0,this.shown=this.held=void 0}dragged(e,t){let n=this.minuteOf(t,t.currentTarget),{span:r}=e;return r?e.grip===`move`?ce(r,this.rowOf(t)??e.row,r.from+n-e.began.at):_e(r,e.grip===`from`?`from`:`to`,n):pe(e.row,e.began.at,n)}grip(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect();if(i<30)return`move`;let[a,o]=this.isRightToLeft?[`to`,`from`]:[`from`,`to`];return e.clientX-n<dt?a:r-e.clientX<dt?o:`move`}get isRightToLeft(){return getComputedStyle(this).direction===`rtl`}minuteOf(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect(),a=this.isRightToLeft?r-e.clientX:e.clientX-n;return Math.min(u,Math.max(0,a/i*u))}inside(e){return Math.min(u-1,Math.floor(e))}rowOf(e){let t=[...this.renderRoot.querySelectorAll(`.track`)].findIndex(t=>{let{top:n,bottom:r}=t.getBoundingClientRect();return n<=e.clientY&&e.clientY<=r});return t<0?this.drag?.row:t}change(e,t){this.emit(this.choose(e,t))}choose(e,t){let n=me(this.spans,e,t),r=t&&re(n,t.day,t.from);return this.chosen=r&&{day:r.day,from:r.from},n}emit(e){this.spans=e,this.dispatchEvent(new CustomEvent(`ca-week`,{detail:e,bubbles:!0,composed:!0}))}};m([r({attribute:!1})],M.prototype,`home`,void 0),m([r({attribute:!1})],M.prototype,`words`,void 0),m([r({attribute:!1})],M.prototype,`spans`,void 0),m([c()],M.prototype,`shown`,void 0),m([c()],M.prototype,`held`,void 0),m([c()],M.prototype,`chosen`,void 0),m([c()],M.prototype,`edited`,void 0),M=m([n(`courier-access-week`)],M);function yt({span:{day:e},isWhole:t,from:n,to:r}){if(t)return{day:e,from:0,to:u};if(!n||!r)return;let i={day:e,from:p(n),to:p(r)||1440};return i.from<i.to?i:void 0}function N(e){return`${e/u*100}%`}var bt={unauthenticated:`signature`,malformed:`form`,unsupported:`form`,too_large:`form`,slow_body:`form`,id_reused:`form`,in_flight:`often`,rate_limited:`often`,door_busy:`door`,door_unavailable:`door`,not_ready:`building`,ledger_unavailable:`building`,clock_untrusted:`building`};function xt(e){let t=bt[e];return t?`panel_problem_${t}`:`notification_reason_${e}`}function St({consent:e,on_paper:t}){return t?e===`given`?`given_on_paper`:`refused_on_paper`:e}function Ct(e){return!e.has_way||!!e.unreachable_since}function wt(e,t){return e.residents.find(({resident:e})=>e===t.subject)}function Tt({issues:e,record:t}){let n=e=>Number(e.kind===t.kept_out_by);return[...e].sort((e,t)=>n(t)-n(e))}function Et(e,t){let[n,r]=e<1e6?[Math.max(1,Math.round(e/1e3)),`kilobyte`]:[e/1e6,`megabyte`];return new Intl.NumberFormat(t,{style:`unit`,unit:r,maximumFractionDigits:1}).format(n)}function Dt(e,t){return JSON.stringify(l(e))===JSON.stringify(l(t))}var P=class extends x{constructor(...e){super(...e),this.kept={},this.busy=!1}willUpdate(e){e.has(`kept`)&&this.drawn&&Dt(this.drawn,this.kept)&&(this.drawn=void 0)}render(){let e=this.drawn??this.kept,t=!Dt(e,this.kept);return d`
      <section aria-busy=${this.busy}>
        <h2>${this.say(`building_hours`)}</h2>
        <p class="soft">${this.say(`building_hours_says`)}</p>
        ${this.words.readerIsElsewhere?g(`warning`,this.say(`elsewhere`,{zone:this.words.zone})):f}
        <courier-access-week
          .home=${this.home}
          .words=${this.words}
          .spans=${ie(l(e))}
          @ca-week=${e=>this.drawn=s(e.detail)}
        ></courier-access-week>
        ${Object.keys(e).length?f:d`<p>${this.say(`building_hours_none`)}</p>`}
        <div class="row">
          ${T(this.say(`save`),()=>void this.keep(e),{kind:`main`,disabled:!t||this.busy})}
          ${T(this.say(`cancel`),()=>this.drawn=void 0,{kind:`text`,disabled:!t||this.busy})}
        </div>
      </section>
    `}async keep(e){let t=this.kept;this.busy=!0;let n=await this.act(()=>this.access.setHours(this.building.building,e));this.busy=!1,n&&(this.kept=e,this.drawn=void 0,this.tell({text:this.say(`kept`),undo:()=>void this.keep(t)}))}};m([r({attribute:!1})],P.prototype,`kept`,void 0),m([c()],P.prototype,`drawn`,void 0),m([c()],P.prototype,`busy`,void 0),P=m([n(`courier-access-building-hours`)],P);var F=class extends x{constructor(...e){super(...e),this.busy=!1,this.asked=0}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.asked++,this.found=void 0,this.busy=!1)}render(){return d`
      <section>
        <h2>${this.words.say(`page_check`)}</h2>
        <p>${this.words.say(`page_check_says`)}</p>
        <label for="notification">${this.words.say(`page_check_notification`)}</label>
        <textarea id="notification" rows="2" autocomplete="off"></textarea>
        ${T(this.words.say(`page_check_button`),()=>this.check(),{disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      </section>
    `}answer(e){return d`
      ${this.record(e)}
      ${e.notifications?e.notifications.map(({record:e,standing:t})=>d`
              <p class="status ${t===`unchanged`?`good`:`bad`}">
                ${this.words.say(`page_standing_${t}`,{record:e})}
              </p>
            `):d`<p class="soft">${this.words.say(`page_checked_alone`)}</p>`}
    `}record(e){return e.intact?e.notifications?.some(({standing:e})=>e!==`unchanged`)?f:d`<p class="status good">${this.words.say(`page_checked_intact`,{count:e.records})}</p>`:d`<p class="status bad">
        ${this.words.say(`page_checked_broken`,{record:e.broken_at??0})}
      </p>`}async check(){let e=this.renderRoot.querySelector(`textarea`),t=++this.asked;this.busy=!0,await this.act(async()=>{this.found=void 0;let n=await this.access.verify(this.building.building,e?.value.trim()??``);t===this.asked&&(this.found=n)}),t===this.asked&&(this.busy=!1)}};m([c()],F.prototype,`found`,void 0),m([c()],F.prototype,`busy`,void 0),F=m([n(`courier-access-check`)],F);var Ot=`/config/repairs`,kt=`/config/network`,At=`/config/cloud`,jt=3,Mt=[`nothing`,`not_https`];function Nt(e){return e.available?e.left_open?`left_open`:e.position===`jammed`?`door_jammed`:void 0:`door_unavailable`}function Pt(e,t=[]){if(e.enabled){if(!e.doors.length)return`courier_no_doors`;if(e.keys.length)return e.reach===`not_https`?`courier_not_https`:e.reach===`nothing`||e.reach===`cloud_gone`?`courier_cut_off`:It(e)?`courier_refused`:e.uses_newest_key===!1?`courier_old_key`:t.includes(e.courier)?`courier_never_heard`:void 0}}var Ft=[`unauthenticated`,`malformed`,`unsupported`,`too_large`];function It({last_refusal:e,last_contact:t}){return e!==null&&Ft.includes(e.why)&&(t===null||t<e.at)}function Lt(e){return Ct(e)?`unreachable`:e.consent===`not_given`?`consent_not_given`:void 0}function Rt(e,t,n=!1){return new zt(e,t).all(n?[`no_residents`,`no_consent`,`consent_not_given`]:[])}var zt=class{constructor(e,t){this.owned=e,this.words=t,this.edit=_(e)}all(e){return[...this.keptOut(),...this.issues(),...this.address(),...this.doors(),...this.couriers(),...this.residents()].filter(({kind:t})=>!e.includes(t))}say(e,t){return this.words.say(`panel_${e}`,t)}has(e,t){return this.owned.issues.some(n=>n.kind===e&&(t===void 0||n.subject===t))}keptOut(){let{kept_out_by:e}=this.owned.record;return e===null||this.has(e)?[]:[{kind:e,name:this.say(`record`),says:this.words.issue(e,`title`,{building:this.owned.name}),href:Ot}]}issues(){return Tt(this.owned).filter(({kind:e})=>e!==`no_external_url`||!this.unreachable.length).map(e=>this.issue(e))}issue(e){let{kind:t,placeholders:n}=e,r=wt(this.owned,e);return{kind:t,name:this.words.issue(t,`title`,n),says:r?this.named(r):``,...!e.is_fixable&&{more:this.words.issue(t,`description`,n)},href:{no_external_url:kt,cloud_address_gone:At,no_residents:this.edit}[t]??`/config/repairs`}}get unreachable(){return this.owned.couriers.filter(({enabled:e,keys:t,reach:n})=>e&&t.length&&Mt.includes(n))}address(){let[e]=this.unreachable;if(!e)return[];let t=this.unreachable.map(({name:e})=>e);return[{kind:`address`,name:this.list(t),says:this.say(`reach_${e.reach}`),href:kt}]}doors(){return this.owned.doors.flatMap(e=>{let t=Nt(e);return!t||this.has(`opener_offline`,e.door)||this.has(`opener_removed`,e.door)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`left_open`?Se(this.owned,`entries`):this.edit}]})}couriers(){return this.owned.couriers.flatMap(e=>{let t=Pt(e,this.owned.never_heard);if(!t||Mt.includes(e.reach))return[];let n={courier_cut_off:`cloud_address_gone`,courier_old_key:`key_ending`}[t];return n&&this.has(n,e.courier)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`courier_cut_off`?At:this.edit}]})}residents(){let e=this.owned.residents.filter(e=>Ct(e)&&!this.has(`resident_unreachable`,e.resident)),t=this.has(`no_consent`)?[]:this.owned.residents.filter(({consent:e})=>e===`not_given`);return[...this.people(`unreachable`,e),...this.people(`consent_not_given`,t)]}people(e,t){return t.length?[{kind:e,name:this.list(t.map(e=>this.named(e))),says:this.say(e),href:this.edit}]:[]}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}list(e){let t=e.length-jt;return e.slice(0,jt).join(`; `)+(t>0?`; +${t}`:``)}},Bt={good:`good`,bad:`alert`,plain:`plain`};function I(e){let{tone:t,name:n,says:r,link:i,more:a=f}=e,o=d`<span class="name">${n}</span><span class="says ${e.isSaidOnly?`quiet`:``}">${r}</span>`;return d`
    <div class="item ${t}">
      ${k(e.icon??Bt[t])}
      ${a===f?d`<div class="words">${o}</div>`:d`<details>
            <summary class="words">${o}${k(`open`)}</summary>
            ${a}
          </details>`}
      ${i?d`<a class="to" href=${i.href} aria-label=${i.label} @click=${e=>Vt(e,i)}
            >${i.text}</a
          >`:f}
    </div>
  `}function Vt(e,{go:t}){t&&(e.preventDefault(),t())}var Ht=o`
  .rows > li {
    padding: 0;
  }
  .item {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) auto;
    column-gap: 12px;
    align-items: start;
  }
  .item > svg {
    margin-block-start: 12px;
    color: var(--secondary-text-color, #5e5e5e);
  }
  .item.good > svg {
    color: var(--success-color, #43a047);
  }
  .item.bad > svg {
    color: var(--error-color, #db4437);
  }
  .item .words {
    display: grid;
    align-content: center;
    min-height: 48px;
    box-sizing: border-box;
    padding-block: 4px;
    overflow-wrap: anywhere;
  }
  .item summary.words {
    position: relative;
    padding-inline-end: 28px;
    list-style: none;
    cursor: pointer;
  }
  .item summary::-webkit-details-marker {
    display: none;
  }
  .item summary svg {
    position: absolute;
    inset-inline-end: 0;
    inset-block-start: 12px;
  }
  .item details[open] > summary svg {
    transform: rotate(180deg);
  }
  .item details > :last-child {
    margin-block-end: 12px;
  }
  .item .name {
    font-weight: 500;
  }
  .item .says {
    color: var(--secondary-text-color, #5e5e5e);
  }
  .item .name,
  .item .says {
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  :is(.item, .links) .to {
    min-height: 48px;
    margin: 0;
    color: color-mix(in srgb, var(--ha-color-on-primary-normal, #009ac7) 55%, var(--primary-text-color, #141414));
    font-weight: 500;
    text-decoration: none;
  }
  :is(.item, .links) .to:hover {
    text-decoration: underline;
  }
  @media (min-width: 600px) {
    .item .words {
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
      column-gap: 12px;
    }
  }
`,L=class extends x{constructor(...e){super(...e),this.neverHeard=[],this.busy=!1}static{this.styles=[x.styles,Ht]}render(){let{courier:e}=this,t=Pt(e,this.neverHeard);return I({tone:t?`bad`:e.enabled&&e.keys.length?`good`:`plain`,name:e.name,says:this.state(t),more:d`
        ${e.doors.length?d`<p>${this.say(`courier_doors`,{doors:e.doors.join(`, `)})}</p>`:f}
        ${e.keys.length?this.messages(e):d`<p>${this.say(`key_none`)}</p>`}
      `,link:{href:_(this.building),text:this.say(`edit`),label:`${this.say(`edit`)}: ${e.name}`}})}show(){let e=this.renderRoot.querySelector(`details`);e&&(e.open=!0,this.scrollIntoView({block:`center`}),e.querySelector(`summary`)?.focus())}state(e){let{enabled:t,keys:n,last_contact:r}=this.courier;return t?e?this.say(e):n.length?r?this.say(`last_contact`,{time:this.words.moment(r)}):this.say(`courier_quiet`):this.say(`courier_without_key`):this.say(`courier_disabled`)}messages(e){return d`
      <p data-reach=${e.reach}>${this.say(`reach_${e.reach}`)}</p>
      ${e.keys.map(({kind:t,ends_at:n})=>d`
          <p>
            ${this.say(`key_${t}`)} ${n?this.say(`key_ends`,{time:this.words.moment(n)}):f}
            ${!n&&e.uses_newest_key===!1?this.say(`key_unused`):f}
          </p>
        `)}
      <p class="soft">
        ${e.last_contact?this.say(`last_contact`,{time:this.words.moment(e.last_contact)}):this.say(`never_heard`)}
        ${this.refusals()}
      </p>
      ${T(this.say(`test`),()=>this.test(),{disabled:this.busy})}
      <div role="status">${this.tried?this.answer(this.tried):``}</div>
    `}refusals(){let{refusals:e,last_refusal:t}=this.courier;return t?this.say(`refusals`,{count:e,time:this.words.moment(t.at),why:this.words.say(xt(t.why))}):``}answer({found:e,why:t}){let n=e===`good`||e===`answers`;return d`
      <p class="status ${n?`good`:`bad`}" data-found=${e}>
        ${this.say(`found_${e}`)} ${t?this.words.say(xt(t)):f}
        ${n&&this.courier.reach===`nothing`?this.say(`found_inside`):f}
      </p>
    `}async test(){this.busy=!0,this.tried=void 0,await this.act(async()=>{this.tried=await this.access.test(this.building.building,this.courier.courier)}),this.busy=!1}};m([r({attribute:!1})],L.prototype,`courier`,void 0),m([r({attribute:!1})],L.prototype,`neverHeard`,void 0),m([c()],L.prototype,`tried`,void 0),m([c()],L.prototype,`busy`,void 0),L=m([n(`courier-access-courier`)],L);var Ut={courier_disabled:[`courier_disabled`],door_not_allowed:[`door_not_allowed`],paused:[`building_paused`,`unit_paused`],outside_building_hours:[`building_hours`]},Wt=[`nobody_consents`,`withdrawn`,`denied`],Gt={courier_disabled:`notification_reason_courier_disabled`,door_not_allowed:`notification_reason_door_not_allowed`,building_hours:`notification_reason_outside_building_hours`,building_paused:`page_shut_building_paused`,unit_paused:`page_shut_unit_paused`,nobody_consents:`page_shut_not_given`};function Kt({admitted:e,reason:t}){return e?`yes`:t===`no_answer`?`ask`:`no`}function qt(e){let t=Ut[e.reason],n=e.because.filter(({says:n,layer:r})=>n===Kt(e)&&(t?.includes(r)??!0));return n.find(({layer:e})=>Wt.includes(e))??n.find(({layer:e})=>e!==`not_consenting`)??n[0]}function Jt(e,t,n){let r=qt(n),i=Kt(n);if(!r){if(i===`ask`)return``;let t=i===`yes`||n.reason===`not_accepting`;return e.say(t?`panel_rule_${i}`:`notification_reason_${n.reason}`)}let{layer:a,resident:o=``,entity:s=``}=r,c=Gt[a];return c?e.say(c):e.say(`panel_rule_${a}`,{resident:o,entity:t[s]?.attributes.friendly_name??s})}function R(e,t,n,r=!1){return d`
    <section>
      <details ?open=${r}>
        <summary>
          <h2>${e}</h2>
          <span class="set soft">${t}</span>
          ${k(`open`)}
        </summary>
        <div class="inside">${n}</div>
      </details>
    </section>
  `}var z=class extends x{constructor(...e){super(...e),this.couriers=[],this.doors=[],this.units=[],this.chosen={},this.busy=!1,this.asked=0}static{this.styles=[x.styles,o`
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
        gap: 8px 16px;
        align-items: end;
        margin-block: 8px 16px;
      }
      .fields label.field {
        display: flex;
        align-items: stretch;
      }
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&this.forget()}render(){if(!this.couriers.length||!this.doors.length||!this.units.length)return f;let e=this.at??this.now;return R(this.say(`check_access`),``,d`
        <p class="soft">${this.say(`check_says`)}</p>
        <div class="fields">
          ${this.select(`courier`,this.say(`orders_courier`))} ${this.select(`unit`,this.say(`which_unit`))}
          ${this.select(`door`,this.say(`orders_door`))}
          ${w(this.home,this.words.say(`page_day`),e.day,t=>this.ask({at:{...e,day:t}}),{required:!0})}
          ${h(this.home,this.say(`check_at`),e.time,t=>this.ask({at:{...e,time:t}}),{required:!0})}
        </div>
        ${T(this.say(`check`),()=>this.check(),{kind:`main`,disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      `)}get now(){return this.words.wall((/* @__PURE__ */ new Date()).toISOString())}select(e,t){let n=this.choices(e);return n.length<2?f:S(t,this.selected(e)?.[0],n.map(([e,t])=>({value:e,label:t})),t=>this.ask({chosen:{...this.chosen,[e]:t}}))}choices(e){return e===`unit`?this.units.map(e=>[e,e]):e===`courier`?this.couriers:this.doors}selected(e){let t=this.choices(e);return t.find(([t])=>t===this.chosen[e])??t[0]}ask(e){e.at?.day&&e.at.time&&(this.at=e.at),e.chosen&&(this.chosen=e.chosen),this.forget()}forget(){this.asked++,this.found=void 0,this.busy=!1}answer(e){let t=Kt(e);return d`
      <p class="status ${t===`yes`?`good`:``}" data-answer=${t}>
        <strong>${this.say(`check_${t}`,{courier:e.courier})}</strong><br />
        ${Jt(this.words,this.home.states,e)}
      </p>
    `}async check(){let[e,t,n]=[`courier`,`unit`,`door`].map(e=>this.selected(e));if(!e||!t||!n)return;let[,r]=e;this.forget();let{asked:i}=this;this.busy=!0,await this.act(async()=>{let e=this.at&&`${this.at.day}T${this.at.time}`,a=await this.access.check(this.building.building,n[0],t[0],e);i===this.asked&&(this.found=a.find(e=>e.courier===r)??{courier:r,unit:t[0],admitted:!1,reason:`door_not_allowed`,because:[]})}),i===this.asked&&(this.busy=!1)}};m([r({attribute:!1})],z.prototype,`couriers`,void 0),m([r({attribute:!1})],z.prototype,`doors`,void 0),m([r({attribute:!1})],z.prototype,`units`,void 0),m([c()],z.prototype,`chosen`,void 0),m([c()],z.prototype,`at`,void 0),m([c()],z.prototype,`found`,void 0),m([c()],z.prototype,`busy`,void 0),z=m([n(`courier-access-may-enter`)],z);var Yt=[`door`,`courier`,`resident`,`consent`,`hours`,`entry`],Xt=[`consent`,`hours`,`entry`];function Zt(e,t){switch(t){case`door`:return e.doors.length>0;case`courier`:return e.couriers.some(({enabled:e,doors:t})=>e&&t.length>0);case`resident`:return e.residents.length>0;case`consent`:return e.residents.some(({consent:e})=>e===`given`);case`hours`:return e.has_residents_hours;case`entry`:return e.ever_admitted===!0}}function Qt(e){return e.ever_admitted===!1}function $t(e){return Yt.find(t=>!Zt(e,t))}var en=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],tn=[`locked`,`locking`],nn={door:`panel_orders_door`,courier:`panel_orders_courier`,resident:`panel_residents`,consent:`csv_resident_consent`,hours:`page_time`,entry:`panel_setup_entry`},rn=1800,B=class extends x{constructor(...e){super(...e),this.news=0,this.whole=!0,this.reading=0}static{this.styles=[x.styles,Ht,o`
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      .links li {
        padding: 0;
      }
      .text {
        white-space: pre-line;
      }
      li.resident {
        content-visibility: auto;
        contain-intrinsic-size: auto 57px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.renewing=setInterval(()=>void this.read(),rn*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.renewing)}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.owned=void 0),(e.has(`news`)||e.has(`building`))&&this.read()}async read(){let e=++this.reading;try{let t=await this.access.owned(this.building.building);e===this.reading&&(this.owned=t)}catch(e){this.owned||this.tell({text:this.words.refusal(e)})}}render(){let{owned:e}=this;return e?d`
      ${Qt(e)?this.setup(e):f} ${this.required(e)}
      <courier-access-may-enter
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .couriers=${e.couriers.map(({courier:e,name:t})=>[e,t])}
        .doors=${e.doors.map(({door:e,name:t})=>[e,t])}
        .units=${this.whole?on(e):[]}
      ></courier-access-may-enter>
      ${this.doors(e)} ${this.couriers(e)} ${this.residents(e)} ${this.links(e)} ${this.record(e)}
      <courier-access-building-hours
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .kept=${e.hours}
      ></courier-access-building-hours>
    `:d`<section>${D(this.say(`loading`))}</section>`}setup(e){let t=$t(e);return d`
      <section data-setup=${t??``}>
        <h2>${this.say(`setup`)}</h2>
        <ol class="rows">
          ${Yt.map(n=>d`<li data-step=${n}>${this.step(e,n,n===t)}</li>`)}
        </ol>
      </section>
    `}step(e,t,n){let r=Zt(e,t),i=this.words.say(nn[t]);return I({tone:r?`good`:`plain`,name:i,says:r?this.say(`setup_done`):n&&Xt.includes(t)?this.say(`setup_${t}_says`):``,isSaidOnly:r,link:n?{...this.link(this.placeOf(t),this.say(`setup_next`),i),...this.test(e,t)}:void 0})}placeOf(e){let{building:t}=this;return e===`entry`?an(t)&&it(t)?De(t):Se(t,`deliveries`):e===`consent`&&this.isResident?Se(t,`now`):e===`hours`&&this.isResident?Se(t,`hours`):_(t)}test({couriers:e},t){let n=e.find(({enabled:e,keys:t})=>e&&t.length);if(t!==`entry`||this.isResident||!n)return{};let r=()=>this.renderRoot.querySelector(`[data-courier="${n.courier}"] > *`);return{go:()=>r()?.show()}}get isResident(){return an(this.building)&&C(this.building).length>0}required(e){let t=Rt(e,this.words,Qt(e));return d`
      <section>
        <h2>${this.say(`needs_you`)}</h2>
        ${t.length?d`<ul class="rows">
              ${t.map(e=>this.action(e))}
            </ul>`:d`<p class="status good">${this.say(`needs_nothing`)}</p>`}
      </section>
    `}action({kind:e,name:t,says:n,more:r,href:i}){return d`
      <li data-issue=${e}>
        ${I({tone:`bad`,name:t,says:n,more:r?d`<p class="text">${r}</p>`:f,link:this.link(i,this.say(`fix`),t)})}
      </li>
    `}link(e,t,n){return{href:e,text:t,label:`${t}: ${n}`}}edit(e){return this.link(_(this.building),this.say(`edit`),e)}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}couriers(e){return d`
      <section>
        <h2>${this.say(`couriers`)}</h2>
        ${e.couriers.length?d`<ul class="rows">
              ${e.couriers.map(t=>d`
                  <li data-courier=${t.courier}>
                    <courier-access-courier
                      .home=${this.home}
                      .words=${this.words}
                      .access=${this.access}
                      .building=${this.building}
                      .courier=${t}
                      .neverHeard=${e.never_heard??[]}
                    ></courier-access-courier>
                  </li>
                `)}
            </ul>`:d`<p>${this.words.say(`page_lobby_couriers_none`)}</p>`}
      </section>
    `}doors(e){return d`
      <section>
        <h2>${this.say(`doors`)}</h2>
        <ul class="rows">
          ${e.doors.map(e=>this.door(e))}
        </ul>
      </section>
    `}door(e){let t=en.includes(e.position)?e.position:`unavailable`,n=Nt(e),r=n?`alert`:tn.includes(t)?`locked`:`unlocked`;return d`
      <li data-door=${e.door}>
        ${I({tone:n?`bad`:r===`locked`?`good`:`plain`,icon:r,name:e.name,says:this.say(n??`door_${t}`),more:d`
            ${e.available?f:d`<p>${this.unavailable(e)}</p>`}
            <p class="soft">
              ${this.opener(e)} ${this.say(`unlock_seconds`,{seconds:e.unlock_seconds})}
              ${this.say(e.contact?`contact_${e.contact}`:`contact_none`)}
            </p>
            ${e.doorbells.map(e=>d`<p class="soft">${this.bell(e)}</p>`)}
          `,link:this.edit(e.name)})}
      </li>
    `}opener({opener:e}){if(e===null)return``;let t=this.home.states[e]?.attributes.friendly_name??e;return this.say(`opener`,{name:t})}bell({name:e,rang_at:t,unavailable_since:n}){return e===null?this.say(`bell_missing`):n===null?t===null?this.say(`bell_quiet`,{name:e}):this.say(`bell_rang`,{name:e,time:this.words.moment(t)}):this.say(`bell_away_since`,{name:e,time:this.words.moment(n)})}unavailable(e){return e.opener_removed?this.say(`opener_removed`):e.unavailable_since?this.say(`opener_away_since`,{time:this.words.moment(e.unavailable_since)}):``}residents(e){return d`
      <section>
        <h2>${this.say(`residents`)}</h2>
        <ul class="rows">
          ${e.residents.map(e=>this.resident(e))}
        </ul>
      </section>
    `}resident(e){let t=St(e),n=Lt(e),r=e.consent===`given`,i=Ct(e),a=[...i?[this.say(`unreachable`)]:[],...e.waits_for_confirmation?[this.say(`pending`)]:[],...t?[this.say(`consent_${t}`)]:[]];return d`
      <li class="resident" data-resident=${e.resident}>
        ${I({tone:n?`bad`:r&&!e.waits_for_confirmation?`good`:`plain`,name:this.named(e),says:a.join(` · `),more:i||e.waits_for_confirmation?d`
                  ${i?d`<p>${this.outOfReach(e)}</p>`:f}
                  ${e.waits_for_confirmation?d`<p>${this.say(`waits`)}</p>`:f}
                `:f,link:this.edit(this.named(e))})}
      </li>
    `}outOfReach({unreachable_since:e}){return e?this.say(`unreachable_since`,{time:this.words.moment(e)}):this.say(`no_way`)}links(e){return d`
      <section>
        <h2>${this.say(`links`)}</h2>
        <ul class="links">
          <li><a class="to" href=${e.links.notice} target="_blank">${this.say(`open_notice`)}</a></li>
          <li><a class="to" href=${e.links.residents} download>${this.say(`open_list`)}</a></li>
          <li><a class="to" href=${_(this.building)}>${this.say(`open_settings`)}</a></li>
        </ul>
      </section>
    `}record(e){let{kept_out_by:t,records:n,newest_at:r,retention_days:i,notifications_pending:a}=e.record;return d`
      <section>
        <h2>${this.say(`record`)}</h2>
        <p class="status ${t?`bad`:`good`}" data-kept-out=${t??``}>
          <strong
            >${t?this.words.issue(t,`title`,{building:e.name}):this.say(`record_well`)}</strong
          >
        </p>
        <p>
          ${n===null?f:this.say(`record_has`,{count:n,size:Et(e.record_bytes,this.words.language)})}
          ${r?this.say(`record_newest`,{time:this.words.moment(r)}):f}
        </p>
        <p class="soft">
          ${this.say(`record_keeps`,{days:i})} ${a?this.say(`notifications_pending`,{count:a}):f}
        </p>
      </section>
      ${this.whole?d`<courier-access-check
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
          ></courier-access-check>`:f}
    `}};m([r({type:Number})],B.prototype,`news`,void 0),m([r({type:Boolean})],B.prototype,`whole`,void 0),m([c()],B.prototype,`owned`,void 0),B=m([n(`courier-access-building`)],B);function an(e){return`residents`in e}function on({residents:e}){return[...new Set(e.map(({unit:e})=>e))].sort((e,t)=>e.localeCompare(t,void 0,{numeric:!0}))}var V=`other`,sn=64,H=class extends x{constructor(...e){super(...e),this.unit=``,this.courier=``,this.door=``,this.choice=``,this.day=``,this.refusal=``,this.sending=!1,this.times={from:``,to:``},this.read=``}static{this.styles=[x.styles,o`
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
      }
      .chips {
        margin: 0;
      }
      input {
        width: 100%;
      }
    `]}willUpdate(e){this.day||this.begin();let t=this.resident,n=`${this.building.building} ${t?.resident}`;t&&(n!==this.read||e.get(`building`))&&(this.read=n,this.access.rules(this.building.building,t.resident).then(e=>this.rules=e,()=>this.rules=void 0))}firstUpdated(){Xe(this.renderRoot.querySelector(`ha-select, select, .chips button`))}begin(){let{delivery:e}=this;if(!e){this.choice=this.day=this.today;return}let[t,n]=[this.words.wall(e.starts_at),this.words.wall(e.ends_at)];this.unit=e.units?.[0]??``,this.courier=e.courier_id??``,this.door=e.door_id??``,this.day=t.day,this.choice=this.days.includes(t.day)?t.day:V,this.preset=`other`,this.times={from:t.time,to:n.time}}render(){let e=this.chosen;if(!e)return f;let t=Oe(this.day,this.rules,e,this.now),[n]=t.find(([e])=>e===this.preset)??t[0]??[`other`],r=this.doorsOf(e);return d`
      <form aria-busy=${this.sending} @submit=${e=>this.send(e,t,n)}>
        ${this.delivery?f:this.who(e)}
        ${r.length>1?S(this.words.say(`csv_door`),this.door||r[0]?.door,r.map(({door:e,name:t})=>({value:e,label:t})),e=>this.door=e):f}
        ${this.when()}
        ${y(this.words.say(`page_time`),n,t.map(([e,t])=>({value:e,label:this.preset_name(e,t)})),e=>this.preset=e)}
        ${n===`other`?d`<div class="row">
              ${[`from`,`to`].map(e=>h(this.home,this.say(e),this.times[e],t=>this.times={...this.times,[e]:t},{name:e,required:!0}))}
            </div>`:f}
        <label class="field"
          >${this.words.say(`page_note`)}
          <input
            name="parcel"
            maxlength=${sn}
            autocomplete="off"
            aria-describedby="note"
            value=${this.delivery?.parcel_ref??``}
        /></label>
        <span class="soft" id="note">${this.words.say(`page_note_says`)}</span>
        ${this.refusal?g(`error`,this.refusal):f}
        <div class="row">
          ${T(this.say(`save`),void 0,{kind:`main`,submits:!0,disabled:this.sending})}
          ${T(this.say(`cancel`),()=>this.close(),{kind:`text`})}
        </div>
      </form>
    `}who(e){let t=C(this.building).map(({unit:e})=>e);return d`
      ${t.length>1?S(this.say(`which_unit`),this.resident?.unit,t.map(e=>({value:e,label:e})),e=>this.unit=e):f}
      ${S(this.words.say(`csv_courier`),e.courier,Pe(this.building).map(({courier:e,name:t})=>({value:e,label:t})),e=>this.courier=e)}
    `}when(){let{language:e}=this.words,t=new Intl.RelativeTimeFormat(e,{numeric:`auto`}),n=this.days.map((n,r)=>({value:n,label:Ie(t.format(r,`day`),e)}));return d`
      ${y(this.words.say(`page_day`),this.choice,[...n,{value:V,label:this.say(`other_day`)}],e=>{this.choice=e,e!==V&&(this.day=e)})}
      ${this.choice===V?w(this.home,this.words.say(`page_day`),this.day,e=>this.day=e||this.day,{min:this.today,required:!0}):f}
    `}preset_name(e,t){if(e===`other`||!t)return this.words.say(`page_other_times`);if(e===`all_day`)return Ie(this.words.say(`page_all_day`),this.words.language);let n=this.span(p(t.from),p(t.to)||1440);return e===`mine`?`${this.words.say(`page_my_hours`)} (${n})`:n}span(e,t){let{words:n}=this;if(e<t)return n.hours(e,t);let r=n.date(ke(this.day,1),{weekday:`short`});return`${n.clock(e)} – ${r} ${n.clock(t)}`}get resident(){let e=C(this.building).filter(e=>!e.waits_for_confirmation);return e.find(({unit:e})=>e===this.unit)??e.find(at)??e[0]}get chosen(){let e=Pe(this.building);return e.find(({courier:e})=>e===this.courier)??e[0]}doorsOf(e){return this.building.doors.filter(({door:t})=>e.doors.includes(t))}get now(){let{day:e,time:t}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return`${e}T${t}:00`}get today(){return this.now.slice(0,10)}get days(){return[this.today,ke(this.today,1)]}async send(e,t,n){e.preventDefault();let r=new FormData(e.target),i=this.chosen;if(!i||this.sending)return;let a=t.find(([e])=>e===n)?.[1]??this.times;if(!a.from||!a.to){this.refusal=this.words.say(`page_expect_unreadable`);return}let o=this.doorsOf(i).map(({door:e})=>e),s=(o.includes(this.door)?this.door:o[0])??``,c={...rt(this.day,a),door:s,parcel_ref:String(r.get(`parcel`)??``)},{building:l}=this.building,{delivery:ee}=this;this.sending=!0,this.refusal=``;try{let e=ee?.grant_id?await this.access.revise(l,i.courier,ee.grant_id,c):await this.access.issue(l,i.courier,this.resident?.unit??``,c);if(e.decision===`accepted`)this.close(e);else{let t=this.words.say(`notification_reason_${e.reason}`);this.refusal=`${this.words.say(`page_expect_refused`)} ${t}`}}catch(e){this.refusal=this.words.refusal(e)}this.sending=!1}close(e){this.dispatchEvent(new CustomEvent(`ca-close`,{detail:e}))}};m([r({attribute:!1})],H.prototype,`delivery`,void 0),m([c()],H.prototype,`unit`,void 0),m([c()],H.prototype,`courier`,void 0),m([c()],H.prototype,`door`,void 0),m([c()],H.prototype,`choice`,void 0),m([c()],H.prototype,`day`,void 0),m([c()],H.prototype,`preset`,void 0),m([c()],H.prototype,`rules`,void 0),m([c()],H.prototype,`refusal`,void 0),m([c()],H.prototype,`sending`,void 0),m([c()],H.prototype,`times`,void 0),H=m([n(`courier-access-expect`)],H);var cn=3,ln=20,U=class extends x{constructor(...e){super(...e),this.orders=[],this.draft={},this.busy=!1}willUpdate(e){(e.has(`building`)||this.haveSourcesReported(e.get(`home`)))&&(e.has(`building`)&&e.get(`building`)?.building!==this.building.building&&(this.orders=[],this.sources=void 0),this.resident&&this.load())}render(){let{resident:e,sources:t}=this;if(!e)return f;let n=this.orders.filter(e=>e.resident!==void 0),r=T(this.say(`orders_give`),()=>void this.open(e),{icon:`add`});return d`
      <section>
        <h2>${this.say(`orders`)}</h2>
        <p class="soft">${this.say(`orders_says`)}</p>
        ${n.length===0?v(`parcel`,this.say(`orders_none`),r):d`<ul>
                ${n.map(e=>this.row(e))}
              </ul>
              ${r}`}
        ${t?this.form(e,t):f}
      </section>
    `}haveSourcesReported(e){return e!==void 0&&le(this.orders).some(t=>e.states[t]!==this.home.states[t])}get resident(){return C(this.building)[0]}async load(){let{building:e}=this.building;await this.act(async()=>{let t=await this.access.orders(e);e===this.building.building&&(this.orders=t)})}row(e){let t=[e.courier??`–`,e.door].filter(Boolean).join(`, `);return d`
      <li data-order=${e.order}>
        <h3>${t}</h3>
        <p class="soft">
          ${this.say(`orders_most`,{count:e.most_per_day??0})}${e.is_paused?d` · ${this.say(`orders_paused`)}`:f}
        </p>
        ${(e.sources??[]).map(e=>this.source(e))}
        <div class="row">
          ${T(this.say(`orders_choose`),()=>void this.open(this.resident,e),{kind:e.sources?.length?`plain`:`main`})}
          ${T(e.is_paused?this.say(`orders_resume`):this.say(`orders_pause`),()=>void this.pause(e))}
          ${T(this.say(`orders_withdraw`),()=>void this.withdraw(e),{kind:`stop`})}
        </div>
      </li>
    `}source(e){if(e.name===null)return d`<p class="soft">${this.say(`orders_gone`)}</p>`;let t=[e.name];return e.silent_since===null?e.changed_at!==null&&t.push(this.say(`orders_changed`,{time:this.words.moment(e.changed_at)})):t.push(this.say(`orders_silent`,{time:this.words.moment(e.silent_since)})),e.last_parcel!==null&&t.push(this.say(`orders_last`,{parcel:e.last_parcel})),e.left_out>0&&t.push(this.say(`orders_left_out`,{count:e.left_out})),d`<p class="soft">${t.join(` · `)}</p>`}form(e,t){let{draft:n}=this,r=n.order===void 0,i=!!n.sensors?.length&&(!r||n.courier!==void 0),a=()=>this.sources=void 0,o=this.say(r?`orders_give`:`orders_choose`);return E(o,d`<div class="fields">
        <div role="group" aria-label=${this.say(`orders_source`)}>
          <h3>${this.say(`orders_source`)}</h3>
          ${t.sensors.length===0?d`<p>${this.say(`orders_no_sources`)}</p>`:f}
          ${t.sensors.map(({sensor:e,name:t,notes:r})=>d`
              ${Le(t,!!n.sensors?.includes(e),t=>this.choose(e,t))}
              ${r.map(e=>d`<p class="soft">${this.say(`orders_${e}`)}</p>`)}
            `)}
        </div>
        ${r?this.terms():f}
      </div>`,{main:T(r?o:this.say(`save`),()=>void this.give(e),{kind:`main`,disabled:!i||this.busy}),other:T(this.say(`cancel`),a,{kind:`text`})},a)}terms(){return d`
        ${this.named(`courier`,this.building.couriers.filter(({enabled:e})=>e).map(({courier:e,name:t})=>({value:e,label:t})))}
        <p class="soft">${this.say(`orders_courier_says`)}</p>
        ${this.building.doors.length>1?this.named(`door`,[{value:void 0,label:`–`},...this.building.doors.map(({door:e,name:t})=>({value:e,label:t}))]):f}
        <label class="field"
          >${this.say(`orders_count`)}
          <input
            type="number"
            min="1"
            max=${ln}
            .value=${String(this.draft.most_per_day??cn)}
            @change=${e=>this.count(e)}
        /></label>
    `}named(e,t){return S(this.say(`orders_${e}`),this.draft[e],t,t=>{let{[e]:n,...r}=this.draft;this.draft=t===void 0?r:{...r,[e]:t}})}async open(e,t){if(e===void 0)return;let{building:n}=this.building,r=t?.sources?.flatMap(({sensor:e})=>e??[])??[];this.draft=t?{order:t.order,sensors:r}:{},await this.act(async()=>{let i=await this.access.orderSources(n,e.resident);if(n!==this.building.building)return;this.sources=i;let a=i.sensors.map(({sensor:e})=>e);t&&(this.draft={...this.draft,sensors:r.filter(e=>a.includes(e))})})}choose(e,t){let n=(this.draft.sensors??[]).filter(t=>t!==e);this.draft={...this.draft,sensors:t?[...n,e]:n}}count(e){let t=Math.round(Number(e.target.value))||cn;this.draft={...this.draft,most_per_day:Math.min(ln,Math.max(1,t))}}async give(e){if(this.busy)return;let{building:t}=this.building;this.busy=!0;let n=await this.act(()=>this.access.setOrder(t,e.resident,this.draft),this.say(`orders_given`));this.busy=!1,n&&t===this.building.building&&(this.sources=void 0),await this.load()}async pause({order:e,is_paused:t,resident:n}){n!==void 0&&(await this.act(()=>this.access.setOrder(this.building.building,n,{order:e,paused:!t})),await this.load())}async withdraw({order:e}){await this.act(()=>this.access.withdrawOrder(this.building.building,e),this.say(`orders_withdrawn`)),await this.load()}};m([c()],U.prototype,`orders`,void 0),m([c()],U.prototype,`sources`,void 0),m([c()],U.prototype,`draft`,void 0),m([c()],U.prototype,`busy`,void 0),U=m([n(`courier-access-orders`)],U);var W=class extends x{static{this.styles=[x.styles,o`
      .code {
        display: block;
        font-size: 2rem;
        font-weight: 500;
        letter-spacing: 0.12em;
        line-height: 1.3;
      }
      .code.short {
        font-size: 1.4rem;
      }
      .link {
        overflow-wrap: anywhere;
      }
      svg {
        display: block;
        width: min(240px, 100%);
        background: #fff;
        fill: #000;
        border-radius: 8px;
        margin-block: 8px;
      }
    `]}firstUpdated(){this.renderRoot.querySelector(`h3`)?.focus({preventScroll:!0}),this.scrollIntoView({block:`nearest`})}render(){let{pin:e,short_code:t,link:n,qr:r,trial:a}=this.made;return d`
      <div class="status good">
        <div role="status">
          <h3 tabindex="-1">${this.words.say(`page_pass`)}</h3>
          <p>${this.words.say(`page_pass_pin`)} <span class="code" data-pin>${e}</span></p>
        </div>
        ${a?d`<p>
              <a class="to" href=${a} target="_blank">${this.say(`try_at`,{door:this.delivery.door})}</a>
            </p>`:f}
        <p>${this.words.say(`page_pass_says`)} ${this.words.say(`page_said_make_pass`)}</p>
        <div class="row">
          ${T(this.say(`share`),()=>void this.share(),{kind:`main`})}
          ${T(this.say(`close`),()=>this.close())}
          ${T(this.say(`revoke`),()=>void this.revoke(),{kind:`stop`})}
        </div>
        <p>${this.words.say(`page_pass_code`)} <span class="code short">${t}</span></p>
        ${n?d`<p class="link">${this.words.say(`page_pass_link`)} <a href=${n}>${n}</a></p>`:f}
        ${r?d`<svg
              viewBox="0 0 ${r.side} ${r.side}"
              role="img"
              aria-label=${this.words.say(`page_pass_qr`)}
              shape-rendering="crispEdges"
            >
              ${i`<path d=${r.path} />`}
            </svg>`:f}
      </div>
    `}async share(){let{words:e,delivery:t,made:n}=this,r=ye(n,{title:e.say(`page_at`,{courier:t.courier,door:t.door}),window:e.span(n.starts_at,n.ends_at),pin:e.say(`page_pass_pin`),code:e.say(`page_pass_code`)});try{if(typeof navigator.share==`function`)return await navigator.share({text:r});await un(r),this.tell({text:this.say(`copied`)})}catch(t){t.name!==`AbortError`&&this.tell({text:e.refusal(t)})}}async revoke(){await this.act(()=>this.access.revokePass(this.building.building,this.made.pass),this.words.say(`page_said_revoke_pass`))&&this.close()}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};m([r({attribute:!1})],W.prototype,`delivery`,void 0),m([r({attribute:!1})],W.prototype,`made`,void 0),W=m([n(`courier-access-pass`)],W);async function un(e){if(navigator.clipboard)return navigator.clipboard.writeText(e);let t=document.body.appendChild(document.createElement(`textarea`));t.value=e,t.select();let n=document.execCommand(`copy`);if(t.remove(),!n)throw Error(e)}var dn=[6,12,18],fn=60;function pn(e,{starts_at:t,ends_at:n},r){let[i,a,o]=[t,n,new Date(r).toISOString()].map(t=>e.wall(t)),s=i.day<o.day&&o.day<=a.day?o.day:i.day;return{day:s,from:i.day<s?0:p(i.time),to:a.day>s?u:p(a.time),now:o.day===s?p(o.time):void 0}}function mn(e,t){let{from:n,to:r,now:i}=pn(e,t,Date.now()),a=e=>`${e/u*100}%`;return d`
    <div class="day-bar" aria-hidden="true">
      <div class="bar">
        <span class="span" style="inset-inline-start: ${a(n)}; inline-size: ${a(r-n)}"></span>
        ${i===void 0?f:d`<span class="now" style="inset-inline-start: ${a(i)}"></span>`}
      </div>
      ${dn.map(t=>d`<span class="hour" style="inset-inline-start: ${a(t*fn)}">${e.clock(t*fn)}</span>`)}
    </div>
  `}var hn=o`
  .day-bar {
    position: relative;
    block-size: 30px;
    margin-block: 8px 4px;
  }
  .bar {
    position: relative;
    block-size: 10px;
    border-radius: 5px;
    background: color-mix(in srgb, var(--secondary-text-color, #5e5e5e) 18%, transparent);
  }
  .bar .span {
    position: absolute;
    inset-block: 0;
    min-inline-size: 4px;
    border-radius: 5px;
    background: var(--primary-color, #009ac7);
  }
  .bar .now {
    position: absolute;
    inset-block: -3px;
    inline-size: 2px;
    background: var(--primary-text-color, #141414);
  }
  .hour {
    position: absolute;
    inset-block-start: 13px;
    inline-size: 60px;
    margin-inline-start: -30px;
    text-align: center;
    font-size: 0.75rem;
    line-height: 16px;
    color: var(--secondary-text-color, #5e5e5e);
  }
`,G=`new`,K=class extends x{constructor(...e){super(...e),this.busy=!1}static{this.styles=[x.styles,hn,o`
      .head {
        margin-block-end: 12px;
      }
      .head h2 {
        margin: 0;
      }
      li,
      li:first-child {
        border: var(--ha-card-border-width, 1px) solid var(--ha-card-border-color, var(--divider-color, #e0e0e0));
        border-radius: var(--ha-card-border-radius, var(--ha-border-radius-lg, 12px));
        background: var(--ha-card-background, var(--card-background-color, #fff));
        padding: 8px 16px 16px;
        margin-block-end: 16px;
      }
    `]}connectedCallback(){super.connectedCallback();let e=new URLSearchParams(location.search);e.has(`expect`)&&(it(this.building)&&(this.edited=G),e.delete(Te),history.replaceState(history.state,``,`${location.pathname}?${e}`))}disconnectedCallback(){super.disconnectedCallback(),this.made=this.edited=void 0}render(){let e=this.building.expected;return d`
      <div class="row head">
        <h2 class="grow">${this.words.say(`page_expected`)}</h2>
        ${it(this.building)&&!this.edited?T(this.words.say(`page_expect`),()=>this.edited=G,{kind:`main`,icon:`add`}):f}
      </div>
      ${this.form()}
      ${e.length===0?d`<section>${v(`parcel`,this.say(`expected_none`))}</section>`:d`<ul>
            ${Me(e,gn,e=>this.delivery(e))}
          </ul>`}
      ${this.building.more_expected?d`<p class="soft">${this.say(`expected_more`)}</p>`:f}
      <courier-access-orders
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-orders>
    `}delivery(e){return d`
      <li>
        <p><strong>${this.words.say(`page_at`,{courier:e.courier,door:e.door})}</strong></p>
        <p>${this.words.span(e.starts_at,e.ends_at)}</p>
        ${mn(this.words,e)}
        ${e.units?this.details(e):d`<p class="soft">${this.say(`expected_others`)}</p>`}
        ${e.units?this.own(e):f}
      </li>
    `}details({units:e=[],parcel_ref:t,entries_left:n}){let r=[...C(this.building).length>1?e.map(e=>this.words.say(`notification_unit`,{unit:e})):[],...t?[this.words.say(`notification_parcel`,{parcel:t})]:[],...n===void 0||n<2?[]:[this.say(`entries_left`,{count:n})]];return d`<p class="soft">${r.join(` `)}</p>`}form(){let{edited:e}=this;if(!e||!it(this.building))return f;let t=e===G?void 0:e,n=t&&this.words.say(`page_at`,{courier:t.courier,door:t.door});return d`
      <section>
        <h3>${n?`${this.words.say(`page_change`)}: ${n}`:this.words.say(`page_expect`)}</h3>
        ${nt(t?gn(t):G,d`<courier-access-expect
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
            .delivery=${t}
            @ca-close=${e=>this.close(e.detail)}
          ></courier-access-expect>`)}
      </section>
    `}close(e){let t=this.edited===G;if(this.edited=void 0,!e)return;let n=this.building.couriers.find(({courier:t})=>t===e.courier_id);t&&n&&!n.has_key&&!this.showsPass?this.pass(e):this.tell({text:this.words.say(t?`page_said_expect`:`page_said_revise`)})}get showsPass(){return this.busy||this.building.expected.some(e=>gn(e)===this.made?.key)}own(e){let t=gn(e),{made:n}=this;return n?.key===t?d`<courier-access-pass
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${e}
        .made=${n.pass}
        @ca-close=${()=>this.made=void 0}
      ></courier-access-pass>`:d`
      <div class="row">
        ${T(this.words.say(`page_pass`),()=>void this.pass(e),{disabled:this.busy})}
        ${e.is_mine?T(this.words.say(`page_change`),()=>this.edited=e):f}
        <courier-access-veto
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${e}
        ></courier-access-veto>
      </div>
      ${e.passes?.map(({pass:e,made_at:t})=>d`<p>
            ${T(this.words.say(`page_revoke_pass`,{time:this.words.moment(t)}),()=>void this.revoke(e),{kind:`stop`})}
          </p>`)}
    `}async pass({courier_id:e,grant_id:t}){e===void 0||t===void 0||this.busy||(this.busy=!0,await this.act(async()=>{let n=await this.access.makePass(this.building.building,e,t);this.isConnected&&(this.made={key:_n(e,t),pass:n})}),this.busy=!1)}revoke(e){return this.act(()=>this.access.revokePass(this.building.building,e),this.words.say(`page_said_revoke_pass`))}};m([c()],K.prototype,`edited`,void 0),m([c()],K.prototype,`made`,void 0),m([c()],K.prototype,`busy`,void 0),K=m([n(`courier-access-deliveries`)],K);function gn({courier_id:e,grant_id:t,courier:n,starts_at:r},i){return t===void 0?`${n} ${r} ${i}`:_n(e,t)}function _n(e,t){return`${e} ${t}`}var vn={},yn=qe(class extends Qe{constructor(){super(...arguments),this.ot=vn}render(e,t){return t()}update(t,[n,r]){if(Array.isArray(n)){if(Array.isArray(this.ot)&&this.ot.length===n.length&&n.every((e,t)=>e===this.ot[t]))return e}else if(this.ot===n)return e;return this.ot=Array.isArray(n)?Array.from(n):n,this.render(n,r)}}),bn=24,xn=60,Sn=[0,6,12,18],Cn=.2;function wn(e){let t=e.flat().reduce((e,t)=>e+t,0),n=Math.max(0,...e.flat()),r=e.findIndex(e=>e.includes(n)),i=e[r]?.indexOf(n)??0;return t>0?{day:r,hour:i,count:n,total:t}:void 0}var Tn=class extends x{constructor(...e){super(...e),this.news=0}static{this.styles=[x.styles,o`
      .plot {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 8px;
        font-size: 0.85rem;
        line-height: 20px;
      }
      .plot svg {
        display: block;
        width: 100%;
        height: 140px;
        fill: var(--primary-color, #009ac7);
      }
      .plot .none {
        fill: var(--divider-color, #d0d0d0);
        fill-opacity: 0.4;
      }
      .hours {
        grid-column: 2;
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        font-size: 0.75rem;
      }
    `]}willUpdate(e){let t=e.get(`building`),n=t!==void 0&&t.building!==this.building.building;n&&(this.found=void 0),(n||e.has(`news`)||!this.hasUpdated)&&this.read()}async read(){let{building:e}=this.building;try{let t=await this.access.visits(e);e===this.building.building&&(this.found=t)}catch{}}render(){let{found:e}=this,t=e&&wn(e.visits);if(!t)return f;let n=this.say(`plot_busiest`,{day:this.words.date(`2024-01-0${t.day+1}`,{weekday:`long`}),hours:this.hour(t.hour),count:t.count,total:t.total,days:e.days});return R(this.say(`plot`),n,d`${this.map(e,t)} ${this.table(e)}`)}map({visits:e},t){return d`
      <div class="plot" aria-hidden="true">
        <div>${e.map((e,t)=>d`<div>${j(this.words,t)}</div>`)}</div>
        <svg viewBox="0 0 ${bn} ${e.length}" preserveAspectRatio="none">
          ${e.map((e,n)=>e.map((e,r)=>i`<rect
                class=${e?`some`:`none`} x=${r+.05} y=${n+.06} width="0.9" height="0.88"
                fill-opacity=${e?Cn+.8*(e/t.count):f}
              />`))}
        </svg>
        <div class="hours soft">${Sn.map(e=>d`<span>${this.words.clock(e*xn)}</span>`)}</div>
      </div>
    `}table({visits:e}){let t=Array.from({length:bn},(e,t)=>t).filter(t=>e.some(e=>e[t])),[n=0,r=0]=[t[0],t.at(-1)],i=Array.from({length:r-n+1},(e,t)=>n+t);return d`
      <div class="quiet">
        <table>
          <caption>
            ${this.say(`plot`)}
          </caption>
          <tr>
            <th scope="col">${this.words.say(`page_day`)}</th>
            ${i.map(e=>d`<th scope="col">${this.hour(e)}</th>`)}
          </tr>
          ${e.map((e,t)=>d`<tr>
              <th scope="row">${this.words.date(`2024-01-0${t+1}`,{weekday:`long`})}</th>
              ${i.map(t=>d`<td>${e[t]}</td>`)}
            </tr>`)}
        </table>
      </div>
    `}hour(e){return this.words.hours(e*xn,(e+1)*xn)}};m([r({type:Number})],Tn.prototype,`news`,void 0),m([c()],Tn.prototype,`found`,void 0),Tn=m([n(`courier-access-plot`)],Tn);var En=500,Dn=class extends x{constructor(...e){super(...e),this.busy=!1}render(){return d`
      <courier-access-check
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-check>
      <section>
        <h2>${this.words.say(`page_take`)}</h2>
        <p>${this.words.say(`page_erased_after`,{days:this.building.retention_days})}</p>
        <ul>
          ${[[`page_take_entries_says`,`page_take_entries_link`,()=>this.takeSheet()],[`page_take_says`,`page_take_link`,()=>this.takeRecord()],[`page_take_verifier_says`,`page_take_verifier_link`,()=>this.takeVerifier()]].map(([e,t,n])=>d`
              <li>
                <p>${this.words.say(e)}</p>
                ${T(this.words.say(t),()=>void this.working(n),{disabled:this.busy})}
              </li>
            `)}
        </ul>
      </section>
    `}async takeSheet(){let e=[],t;do{let n=await this.access.sheet(this.building.building,this.words.language,t);e.push(n.csv),t=n.next??void 0}while(t!==void 0);On(`courier-access.csv`,`text/csv`,e)}async takeRecord(){let{building:e,name:t}=this.building,n=await this.access.records(e,0),r=n.head.record,i=[],a=r+1;for(;a!==null;){let t=await this.access.entries(e,{limit:En,before:a});i.push(...await this.withNotifications(t.entries)),a=t.next}let o=[...n.records];for(;n.next!==null;)n=await this.access.records(e,n.next),o.push(...n.records);let s={about:this.words.say(`page_take_says`),building:t,exported_at:(/* @__PURE__ */ new Date()).toISOString(),entries_up_to:r,entries:i,records:o,head:n.head};On(`courier-access.json`,`application/json`,[JSON.stringify(s,null,1)])}async withNotifications(e){let{building:t,is_owner:n}=this.building;if(!n)return e;let r=e.map(e=>e.entry_id),i=await this.access.notifications(t,r);return e.map(e=>({...e,notifications:i[e.entry_id]??[]}))}async takeVerifier(){let{name:e,program:t}=await this.access.verifier(this.building.building);On(e,`text/x-python`,[t])}async working(e){this.busy=!0,await this.act(e),this.busy=!1}};m([c()],Dn.prototype,`busy`,void 0),Dn=m([n(`courier-access-record`)],Dn);function On(e,t,n){let r=URL.createObjectURL(new Blob(n,{type:t})),i=document.createElement(`a`);i.href=r,i.download=e,i.click(),URL.revokeObjectURL(r)}var kn={admitted:`check`,refused:`remove`,unknown:`unknown`};function An(e,{decision:t,reason:n,outcome:r,door:i}){return[i,{refused:e.say(`notification_reason_${n}`),observed:e.say(`csv_observed`),admitted:r===null||r===`opened`?``:e.say(`csv_${r}`)}[t]].filter(Boolean).join(` · `)}function jn(e,t,n){let r=ze(t);return d`
    <button class="visit" @click=${n}>
      <span class="result ${r}">${k(kn[r])}</span>
      <span class="grow">
        <span class="first">
          <span class="quiet">${e.say(`csv_${t.decision}`)}</span>
          <strong>${t.courier}</strong>
          <time class="soft" datetime=${t.at}>${e.time(t.at)}</time>
        </span>
        <span class="soft beneath">
          ${t.units?.length?d`<span class="yours">${e.say(`panel_yours`)}</span>`:f}
          ${An(e,t)}
          ${t.picture?d`${k(`picture`)}<span class="quiet">${e.say(`panel_picture`)}</span>`:f}
        </span>
      </span>
    </button>
  `}var Mn=o`
  .visit {
    display: flex;
    gap: 12px;
    align-items: center;
    width: 100%;
    border-radius: 8px;
    padding: 8px 0;
    background: none;
    color: inherit;
    font-size: 1rem;
    font-weight: 400;
    line-height: 1.4;
    text-align: start;
  }
  .result {
    display: grid;
    place-items: center;
    flex: none;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    --calm: var(--secondary-text-color, #5e5e5e);
    color: var(--calm);
    background: color-mix(in srgb, var(--calm) 14%, transparent);
  }
  .result.admitted {
    --calm: var(--success-color, #43a047);
  }
  .result.unknown {
    --calm: var(--info-color, #039be5);
  }
  .result svg {
    width: 20px;
    height: 20px;
  }
  .beneath {
    display: block;
    overflow-wrap: anywhere;
  }
  .beneath svg {
    width: 18px;
    height: 18px;
    vertical-align: middle;
  }
  .first {
    display: flex;
    gap: 8px;
    align-items: baseline;
  }
  .first time {
    flex: none;
    margin-inline-start: auto;
  }
  .yours {
    color: var(--primary-text-color, #141414);
    border-radius: 10px;
    padding: 0 8px;
    font-size: 0.85rem;
    background: color-mix(in srgb, var(--primary-color, #009ac7) 20%, transparent);
  }
`,q=class extends x{constructor(...e){super(...e),this.code=``,this.busy=!1,this.failure=``}static{this.styles=[x.styles,o`
      img {
        display: block;
        width: 100%;
        max-height: 60vh;
        /* Until it is loaded, room as most cameras need it. */
        aspect-ratio: auto 16 / 9;
        object-fit: contain;
        border-radius: 8px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.read()}async read(){try{this.code=await this.access.code(this.building.building,this.entry.record)}catch{}}willUpdate(e){if(!e.has(`entry`))return;let{picture:t}=this.entry;e.get(`entry`)?.picture!==t&&this.find(t),this.readsNotifications&&this.readNotifications()}get readsNotifications(){return this.building.is_owner&&this.entry.decision!==`refused`}async readNotifications(){let{entry:e}=this;this.failure=``;try{let t=await this.access.notifications(this.building.building,[e.entry_id]);e===this.entry&&(this.notified=t[e.entry_id]??[])}catch(t){e===this.entry&&(this.failure=this.words.refusal(t))}}async find(e){if(this.picture=void 0,e)try{let t=await this.access.picture(e);this.entry.picture===e&&(this.picture=t)}catch{}}render(){let e=()=>void this.dispatchEvent(new CustomEvent(`ca-close`)),t={main:T(this.say(`verify`),()=>void this.verify(),{disabled:this.busy||!this.code}),other:T(this.say(`close`),e,{kind:`text`})};return E(this.entry.courier,this.details(),t,e)}details(){let{entry:e,words:t}=this;return d`
      <p>
        ${t.say(`notification_${Ge(e)}`,{courier:e.courier,door:e.door,time:t.moment(e.at)})}
        ${e.units?.map(e=>t.say(`notification_unit`,{unit:e})).join(` `)}
      </p>
      ${this.picture?d`<img src=${this.picture} alt=${this.say(`picture`)} @error=${()=>this.picture=void 0} />`:f}
      ${e.decision===`refused`?d`<p>${t.say(`notification_reason_${e.reason}`)}</p>`:f}
      ${e.proof===null||e.proof===`signed`?f:d`<p>${t.say(`page_proof`,{proof:t.say(`csv_${e.proof}`)})}</p>`}
      ${e.parcel_ref?d`<p>${t.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:f}
      ${e.driver_ref?d`<p>${t.say(`csv_driver`)}: ${e.driver_ref}</p>`:f}
      ${e.details_erased?d`<p class="soft">${t.say(`page_erased`)}</p>`:f}
      ${e.repeats>0?d`<p>${t.say(`page_repeats`,{count:e.repeats})}</p>`:f}
      ${e.completed_at?d`<p>${this.say(`completed`,{time:t.moment(e.completed_at)})}</p>`:f}
      ${this.readsNotifications?this.notifications():f}
      <p class="soft receipt">
        ${this.say(`receipt`,{record:e.record})}${this.code?` · ${this.code.replace(/.{4}(?=.)/g,`$& `)}`:f}
      </p>
      ${this.found?this.verdict(this.found):f}
    `}notifications(){return this.failure?g(`error`,this.failure,T(this.words.say(`page_door_look`),()=>void this.readNotifications())):this.notified?this.notified.map(({resident:e,state:t})=>d`<p class="soft">${e??`–`}: ${this.say(`notification_${t}`)}</p>`):D(this.say(`loading`))}verdict({intact:e,broken_at:t,notifications:n=[]}){return d`
      ${e?f:g(`error`,this.words.say(`page_checked_broken`,{record:t??0}))}
      ${n.map(({record:e,standing:t})=>g(t===`unchanged`?`success`:`error`,this.words.say(`page_standing_${t}`,{record:e})))}
    `}async verify(){this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,`${this.entry.record} · ${this.code}`)}),this.busy=!1}};m([r({attribute:!1})],q.prototype,`entry`,void 0),m([c()],q.prototype,`code`,void 0),m([c()],q.prototype,`found`,void 0),m([c()],q.prototype,`busy`,void 0),m([c()],q.prototype,`picture`,void 0),m([c()],q.prototype,`notified`,void 0),m([c()],q.prototype,`failure`,void 0),q=m([n(`courier-access-visit`)],q);var Nn=50,Pn=[`admitted`,`refused`,`observed`],J=class extends x{constructor(...e){super(...e),this.news=0,this.failure=``,this.next=null,this.courier=``,this.decision=``,this.begun=0,this.renewals=0}static{this.styles=[x.styles,Mn,o`
      /* What is far away costs nothing, however long the list has become. */
      .page {
        content-visibility: auto;
        contain-intrinsic-size: auto 2400px;
      }
      /* Couriers may be many. */
      .chips + .chips {
        flex-wrap: nowrap;
        overflow-x: auto;
        padding: 4px;
        margin: -4px;
      }
      .chips + .chips button {
        flex: none;
      }
      .page li {
        padding: 0;
      }
      .page h3 {
        margin-block: 16px 4px;
        color: var(--secondary-text-color, #5e5e5e);
      }
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building?(this.opened=void 0,this.filter({courier:``})):this.courier&&this.building.couriers.every(({courier:e})=>e!==this.courier)?this.filter({courier:``}):e.has(`news`)&&this.renew()}render(){return d`
      <courier-access-plot
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .news=${this.news}
      ></courier-access-plot>
      <section>
        <h2>${this.words.say(`page_came`)}</h2>
        ${this.filters()} ${this.list()}
      </section>
      ${this.details()}
      <courier-access-record
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-record>
    `}details(){let{opened:e}=this;if(!e)return f;let t=this.pages?.flat().find(({record:t})=>t===e.record)??e;return d`<courier-access-visit
      .words=${this.words} .access=${this.access} .building=${this.building} .entry=${t}
      @ca-close=${()=>this.close(e)}
    ></courier-access-visit>`}close({record:e}){this.opened=void 0,this.renderRoot.querySelector(`[data-record="${e}"] button`)?.focus()}filters(){let{couriers:e}=this.building,t={value:``,label:this.say(`all`)},n=Pn.map(e=>({value:e,label:Ie(this.words.say(`csv_${e}`),this.words.language)})),r=e.map(({courier:e,name:t})=>({value:e,label:t}));return d`
      ${y(this.words.say(`csv_decision`),this.decision,[t,...n],e=>this.filter({decision:e}))}
      ${e.length>1?y(this.words.say(`csv_courier`),this.courier,[t,...r],e=>this.filter({courier:e})):f}
    `}list(){let{pages:e}=this;if(e===void 0)return this.failure?g(`error`,this.failure,T(this.words.say(`page_door_look`),()=>this.begin())):D(this.say(`loading`));if(e.length===0)return v(`parcel`,this.words.say(`page_came_none`));let{day:t}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return d`
      ${Me(e,(e,t)=>t===0?`newest`:e.at(-1)?.record,(n,r)=>{let i=e[r-1]?.at(-1);return d`
            <div class="page" aria-live=${r===0?`polite`:`off`} aria-relevant="additions">
              ${yn([n,i,t,this.words],()=>this.page(n,i&&this.dayOf(i),t))}
            </div>
          `})}
      ${this.next===null?f:d`<p id="more">${T(this.say(`more`),()=>void this.more())}</p>`}
    `}page(e,t,n){return tt(e,e=>this.dayOf(e)).map(([e,r])=>d`
        ${e===t?f:d`<h3>${Ye(this.words,e,n)}</h3>`}
        <ul>
          ${Me(r,e=>e.record,e=>d`<li data-record=${e.record}>${jn(this.words,e,()=>this.opened=e)}</li>`)}
        </ul>
      `)}dayOf({at:e}){return this.words.wall(e).day}filter(e){this.courier=e.courier??this.courier,this.decision=e.decision??this.decision,this.begin()}begin(){this.begun++,this.failure=``,this.pages=void 0,this.next=null,this.renew()}async renew(){let e=++this.renewals;await this.take(void 0,({entries:t,next:n})=>{e===this.renewals&&(this.pages=Be(this.pages??[],t,n!==null),this.pages.length<=1&&(this.next=n))})}async more(){let e=this.next;e!==null&&await this.take(e,({entries:t,next:n})=>{e===this.next&&(this.pages=Re(this.pages??[],e,t),this.next=n)})}async take(e,t){let{begun:n}=this;try{let r=await this.access.entries(this.building.building,this.wanted(e));n===this.begun&&t(r)}catch(e){if(n!==this.begun)return;let t=this.words.refusal(e);this.pages===void 0?this.failure=t:this.tell({text:t})}}wanted(e){return{limit:Nn,...e!==void 0&&{before:e},...this.courier&&{courier:this.courier},...this.decision&&{decision:this.decision}}}};m([r({type:Number})],J.prototype,`news`,void 0),m([c()],J.prototype,`pages`,void 0),m([c()],J.prototype,`failure`,void 0),m([c()],J.prototype,`next`,void 0),m([c()],J.prototype,`courier`,void 0),m([c()],J.prototype,`decision`,void 0),m([c()],J.prototype,`opened`,void 0),J=m([n(`courier-access-entries`)],J);var Fn=class extends x{constructor(...e){super(...e),this.code=``}static{this.styles=[x.styles,o`
      .code {
        font-size: 1.6rem;
        font-weight: 500;
        letter-spacing: 0.12em;
      }
    `]}willUpdate(e){let t=e.get(`resident`);t&&t.resident!==this.resident.resident&&(this.code=``)}render(){let e=this.resident.has_address_code;return R(this.say(`address_code`),e?this.say(`address_code_set`):this.say(`address_code_not_set`),d`
        <p class="soft">${this.say(`address_code_says`)}</p>
        ${this.code?d`<div role="status">
              <p class="code">${this.code}</p>
              <p>${this.say(`address_code_new`)}</p>
            </div>`:d`<p>${e?this.say(`address_code_has`):this.say(`address_code_none`)}</p>`}
        ${T(this.say(`renew`),()=>void this.renew())}
      `)}async renew(){await this.act(async()=>{let e=await this.access.renewAddressCode(this.building.building,this.resident.resident);this.code=e.address_code})}};m([r({attribute:!1})],Fn.prototype,`resident`,void 0),m([c()],Fn.prototype,`code`,void 0),Fn=m([n(`courier-access-address-code`)],Fn);var In=[`allow`,`ask`,`deny`],Y=class extends a{constructor(...e){super(...e),this.couriers=[]}static{this.styles=[A,o`
      li {
        padding-block: 16px 8px;
      }
      li:first-of-type {
        padding-block-start: 8px;
      }
      li:last-of-type {
        padding-block-end: 0;
      }
      h3 {
        margin: 0;
      }
      .name {
        min-height: 44px;
        margin-block-start: -8px;
      }
      .proof {
        display: flex;
        width: 100%;
        justify-content: start;
        padding: 8px 0;
        border-radius: 4px;
        background: none;
        color: var(--secondary-text-color, #5e5e5e);
        font-weight: 400;
        text-align: start;
      }
      .name ha-button,
      .name button {
        margin-inline-end: -16px;
      }
      .proof:dir(rtl) svg {
        scale: -1 1;
      }
      .choices span::first-letter {
        text-transform: uppercase;
      }
      .choices span {
        display: block;
      }
      .choices label {
        display: flex;
        gap: 16px;
        cursor: pointer;
      }
      .choices input {
        width: 20px;
        height: 20px;
        min-height: 0;
        margin: 0;
        accent-color: var(--primary-color, #009ac7);
      }
    `]}render(){return d`
      <p class="soft">${this.say(`couriers_says`)}</p>
      <ul>
        ${this.rows.map(e=>this.row(e))}
      </ul>
      ${this.rules.removed_couriers.length?this.removed():f}
      ${this.chosen?this.proofs(this.chosen):f}
    `}removed(){let e=this.say(`lift`);return d`
      <h3>${this.say(`removed_couriers`)}</h3>
      <p class="soft">${this.say(`removed_couriers_says`)}</p>
      <ul>
        ${this.rules.removed_couriers.map(({courier:t,name:n})=>d`
            <li class="row">
              <span class="grow">${n}</span>
              ${T(e,()=>this.emit({couriers:O(this.rules.couriers,t,`allow`)}),{kind:`text`,name:`${n}: ${e}`})}
            </li>
          `)}
      </ul>
    `}say(e){return this.words.say(`panel_${e}`)}get rows(){let{rules:e}=this;return[{name:this.say(`by_default`),attitude:e.default,proof:e.default_proof},...this.couriers.map(({courier:t,name:n})=>({name:n,courier:t,attitude:e.couriers[t]??e.default,proof:e.proofs[t]??e.default_proof,isOwn:t in e.couriers||t in e.proofs}))]}row(e){let t=this.say(`as_default`);return d`
      <li>
        <div class="row name">
          <h3 class="grow">${e.name}</h3>
          ${e.isOwn?T(t,()=>this.reset(e),{kind:`text`,name:`${e.name}: ${t}`}):f}
        </div>
        ${je(e.name,e.attitude,In.map(e=>({value:e,label:this.say(`attitude_${e}`)})),t=>this.decide(e,t))}
        ${e.attitude===`allow`?d`<button class="proof" aria-haspopup="dialog" @click=${()=>this.chosen=e}>
              <span class="grow"
                ><span class="quiet">${e.name}: </span>${this.say(`proof`)}: ${this.say(`proof_${e.proof}`)}</span
              >${k(`after`)}
            </button>`:f}
      </li>
    `}proofs(e){let n=()=>this.chosen=void 0;return E(e.name,d`<div class="choices" role="radiogroup" aria-label=${this.say(`proof`)}>
        <p class="soft">${this.say(`proof`)}</p>
        ${t.map(t=>d`<label
            ><input type="radio" name="proof" .checked=${t===e.proof} @change=${()=>this.prove(e,t)} />
            <span>${this.say(`proof_${t}`)}</span></label
          >`)}
      </div>`,{main:T(this.say(`close`),n,{kind:`text`})},n)}decide({courier:e},t){this.emit(e===void 0?{default:t}:{couriers:O(this.rules.couriers,e,t)})}prove({courier:e},t){this.chosen=void 0,this.emit(e===void 0?{default_proof:t}:{proofs:O(this.rules.proofs,e,t)})}reset({courier:e=``}){let{couriers:t,proofs:n}=this.rules;this.emit({...e in t&&{couriers:O(t,e,void 0)},...e in n&&{proofs:O(n,e,void 0)}})}emit(e){this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:e,bubbles:!0,composed:!0}))}};m([r({attribute:!1})],Y.prototype,`words`,void 0),m([r({attribute:!1})],Y.prototype,`couriers`,void 0),m([r({attribute:!1})],Y.prototype,`rules`,void 0),m([c()],Y.prototype,`chosen`,void 0),Y=m([n(`courier-access-attitudes`)],Y);var Ln={first:``,last:``,from:``,to:``},X=class extends a{constructor(...e){super(...e),this.exceptions=[],this.today=``,this.month=``,this.tapped=`single`,this.first=``}static{this.styles=[A,o`
      ha-control-select,
      .segmented,
      .month,
      table {
        max-width: 400px;
      }
      .month {
        margin-block-start: 8px;
      }
      .month .grow {
        text-align: center;
        font-weight: 500;
      }
      /* Arrows are mirrored with the page. */
      .month:dir(rtl) :is(ha-icon-button, .only-icon) {
        scale: -1 1;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        table-layout: fixed;
      }
      td {
        padding: 2px 0;
        text-align: center;
      }
      th {
        font-weight: 500;
        font-size: 12px;
        color: var(--secondary-text-color, #5e5e5e);
      }
      td button {
        width: 44px;
        max-width: 100%;
        padding: 0;
        border-radius: 50%;
        background: transparent;
        color: inherit;
        font-weight: 400;
        box-sizing: border-box;
      }
      td button.today {
        border: 1px solid var(--secondary-text-color, #5e5e5e);
      }
      td button[aria-pressed="true"] {
        background: color-mix(in srgb, var(--primary-color, #009ac7) 75%, #000);
        color: #fff;
        font-weight: 500;
      }
      td button:is(.other, .first) {
        border: 2px solid var(--primary-color, #009ac7);
      }
      td button.other {
        border-style: dashed;
      }
      ul {
        margin-block: 8px;
      }
    `]}render(){return d`
      ${je(this.say(`days_off`),this.tapped,[{value:`single`,label:this.say(`days_single`)},{value:`range`,label:this.say(`days_range`)}],e=>{this.tapped=e,this.first=``})}
      <p class="soft" aria-live="polite">${this.hint}</p>
      ${this.calendar(this.month||this.today.slice(0,7))} ${this.others()}
      ${T(this.say(`other_hours`),()=>this.entered=Ln,{icon:`add`})}
      ${this.entered?this.otherHours(this.entered):f}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}get hint(){return this.tapped===`single`?this.say(`days_off_says`):this.first?this.say(`days_last_tap`):this.say(`days_first_tap`)}calendar(e){let t=this.words.date(`${e}-01`,{month:`long`,year:`numeric`}),n=[`01`,`02`,`03`,`04`,`05`,`06`,`07`].map(e=>`2024-01-${e}`),r=e<=this.today.slice(0,7);return d`
      <div class="row month">
        ${b(`before`,this.say(`month_before`),()=>this.month=Ee(e,-1),r)}
        <span class="grow" aria-live="polite">${t}</span>
        ${b(`after`,this.say(`month_after`),()=>this.month=Ee(e,1))}
      </div>
      <table aria-label=${t}>
        <thead>
          <tr>
            ${n.map(e=>d`<th scope="col" abbr=${this.words.date(e,{weekday:`long`})}>
                  ${this.words.date(e,{weekday:`narrow`})}
                </th>`)}
          </tr>
        </thead>
        <tbody>
          ${Ue(e,1).map(e=>d`<tr>${e.map(e=>d`<td>${this.cell(e)}</td>`)}</tr>`)}
        </tbody>
      </table>
    `}cell(e){if(!e)return f;let t=xe(this.exceptions,e),n=t!==void 0&&be(t),r=this.words.date(e,{weekday:`long`,day:`numeric`,month:`long`}),i=[t&&!n&&`other`,e===this.today&&`today`,e===this.first&&`first`];return d`
      <button
        data-date=${e}
        class=${i.filter(Boolean).join(` `)}
        aria-pressed=${n}
        aria-label=${n?this.say(`day_off`,{date:r}):r}
        aria-current=${e===this.today?`date`:f}
        ?disabled=${e<this.today}
        @click=${()=>this.tap(e)}
      >
        ${Number(e.slice(8))}
      </button>
    `}tap(e){let{first:t}=this;this.tapped===`single`?this.emit(ve(this.exceptions,e)):t?(this.first=``,this.emit(We(this.exceptions,t,e))):this.first=e}others(){let e=this.exceptions.filter(e=>(e.to??e.from)>=this.today);return e.length?d`<ul>
          ${e.map(e=>this.line(e))}
        </ul>`:f}line(e){let t=Ze(this.words,e),n=Ne(this.words,e);return d`
      <li class="row">
        <span class="grow">${this.words.say(`page_hours_line`,{days:t,hours:n})}</span>
        ${b(`remove`,this.say(`remove_named`,{name:t}),()=>this.emit(this.exceptions.filter(t=>t!==e)))}
      </li>
    `}otherHours(e){let t=t=>this.entered={...e,...t},{first:n,last:r,from:i,to:a}=e,o=r&&r<n||i&&a&&Rn(a)<=i,s=n&&!!i==!!a&&!o;return E(this.say(`other_hours`),d`
        <div class="fields">
          ${w(this.home,this.say(`first_day`),n,e=>t({first:e}),{min:this.today})}
          ${w(this.home,this.say(`last_day`),r,e=>t({last:e}),{min:n||this.today})}
          <div class="row">
            ${h(this.home,this.say(`from`),i,e=>t({from:e}))}
            ${h(this.home,this.say(`to`),a,e=>t({to:e}))}
          </div>
        </div>
        ${o?g(`error`,this.say(`ends_early`)):d`<p class="soft">${this.say(`other_hours_says`)}</p>`}
      `,{main:T(this.say(`save`),()=>this.add(e),{kind:`main`,disabled:!s}),other:T(this.say(`cancel`),()=>this.entered=void 0,{kind:`text`})},()=>this.entered=void 0)}add({first:e,last:t,from:n,to:r}){let i=n&&r?[{from:n,to:Rn(r)}]:[];this.entered=void 0,this.emit(we(this.exceptions,{from:e,to:t||e,...i.length&&{windows:i}}))}emit(e){let t=e.filter(e=>(e.to??e.from)<this.today),n=e.filter(e=>!t.includes(e));this.dispatchEvent(new CustomEvent(`ca-exceptions`,{detail:n,bubbles:!0,composed:!0}))}};m([r({attribute:!1})],X.prototype,`home`,void 0),m([r({attribute:!1})],X.prototype,`words`,void 0),m([r({attribute:!1})],X.prototype,`exceptions`,void 0),m([r()],X.prototype,`today`,void 0),m([c()],X.prototype,`month`,void 0),m([c()],X.prototype,`tapped`,void 0),m([c()],X.prototype,`first`,void 0),m([c()],X.prototype,`entered`,void 0),X=m([n(`courier-access-days-off`)],X);function Rn(e){return e===`00:00`?`24:00`:e}var zn=[`binary_sensor`,`calendar`,`device_tracker`,`group`,`input_boolean`,`person`,`schedule`,`switch`],Z=class extends a{constructor(...e){super(...e),this.entities=[],this.name=``,this.heading=``}static{this.styles=[A,o`
      :host {
        margin-block-start: 16px;
      }
    `]}render(){return d`
      ${Ce(this.home,this.heading,zn,[...this.entities,...this.ours],e=>this.emit([...this.entities,e]))}
      <ul>
        ${this.entities.map(e=>d`
            <li class="row">
              <span class="grow">${this.nameOf(e)}</span>
              ${b(`remove`,this.words.say(`panel_remove_named`,{name:this.nameOf(e)}),()=>this.emit(this.entities.filter(t=>t!==e)))}
            </li>
          `)}
      </ul>
    `}get ours(){return Object.entries(this.home.entities??{}).flatMap(([e,t])=>t?.platform===`courier_access`?e:[])}nameOf(e){return this.home.states[e]?.attributes.friendly_name??e}emit(e){let t={[this.name]:e};this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:t,bubbles:!0,composed:!0}))}};m([r({attribute:!1})],Z.prototype,`home`,void 0),m([r({attribute:!1})],Z.prototype,`words`,void 0),m([r({attribute:!1})],Z.prototype,`entities`,void 0),m([r()],Z.prototype,`name`,void 0),m([r()],Z.prototype,`heading`,void 0),Z=m([n(`courier-access-linked`)],Z);var Q=class extends x{constructor(...e){super(...e),this.chosen=``,this.sending=0}willUpdate(e){let t=this.resident;if(!t)return;let n=e.get(`building`);!this.draft||this.draft.resident!==t.resident?(this.rules=void 0,this.draft=new Fe(this.access,this.building.building,t.resident,e=>this.rules=e,e=>this.tell({text:this.words.refusal(e)})),this.draft.load()):n&&this.draft.load()}render(){let{resident:e,rules:t}=this;return e?t?d`
      ${C(this.building).length>1?this.choice():f}
      <div
        aria-busy=${this.sending>0}
        @ca-rules=${e=>this.change(e.detail)}
        @ca-consent=${e=>this.change({consent:e.detail})}
        @ca-week=${e=>this.change({windows:s(e.detail)})}
        @ca-exceptions=${e=>this.change({exceptions:e.detail})}
      >
        ${t.consent===`given`?f:d`<section>
              <h2>${this.words.say(`page_consent`)}</h2>
              ${this.consent(t)}
            </section>`}
        ${this.week(ie(l(t.windows)))}
        ${R(this.say(`days_off`),Ve(this.words,t.exceptions,this.today),d`<courier-access-days-off
            .home=${this.home}
            .words=${this.words}
            .exceptions=${t.exceptions}
            today=${this.today}
          ></courier-access-days-off>`)}
        ${this.couriers(t)}
        ${e.waits_for_confirmation||t.consent!==`given`?f:d`<courier-access-address-code
              .words=${this.words}
              .access=${this.access}
              .building=${this.building}
              .resident=${e}
            ></courier-access-address-code>`}
        ${this.conditions(t)} ${this.sharing(t)}
        ${t.consent===`given`?R(this.words.say(`page_consent`),d`<span data-consent="given">${this.words.say(`page_consent_given`)}</span>`,this.consent(t)):f}
      </div>
    `:d`<section>${D(this.say(`loading`))}</section>`:d`<section>${v(`locked`,this.say(`no_residence`))}</section>`}week(e){let t=ae(e);return R(this.words.say(`page_hours_heading`),lt(this.words,e),d`
        ${et(this.words,ue,t,e=>void this.change({windows:s(ee[e])}))}
        <courier-access-week .home=${this.home} .words=${this.words} .spans=${e}></courier-access-week>
        ${e.length?f:d`<p>${this.words.say(`page_hours_none`)}</p>`}
      `,!0)}get resident(){return C(this.building).find(({resident:e})=>e===this.chosen)??C(this.building)[0]}get today(){return new Intl.DateTimeFormat(`en-CA`,{timeZone:this.words.zone}).format(/* @__PURE__ */ new Date)}choice(){return d`
      <section>
        ${S(this.say(`which_unit`),this.resident?.resident,C(this.building).map(({resident:e,unit:t})=>({value:e,label:t})),e=>this.chosen=e)}
      </section>
    `}consent(e){return d`<courier-access-consent .words=${this.words} consent=${e.consent}></courier-access-consent>`}couriers(e){return R(this.say(`couriers`),Ke(this.words,this.building.couriers,e),d`<courier-access-attitudes
        .words=${this.words}
        .couriers=${this.building.couriers}
        .rules=${e}
      ></courier-access-attitudes>`)}conditions(e){let t=[...e.only_while,...e.never_while].map(e=>this.home.states[e]?.attributes.friendly_name??e);return R(this.say(`conditions`),t.join(`, `)||this.say(`conditions_none`),d`
        <p class="soft">${this.say(`conditions_says`)}</p>
        ${[`only_while`,`never_while`].map(t=>d`
            <courier-access-linked
              .home=${this.home}
              .words=${this.words}
              .entities=${e[t]}
              name=${t}
              heading=${this.say(t)}
            ></courier-access-linked>
          `)}
      `)}sharing(e){return R(this.say(`sharing`),$e(this.words,e),d`
        <div class="fields">
          ${Le(this.say(`share_hours`),e.share_hours,e=>void this.change({share_hours:e}))}
          ${h(this.home,this.say(`digest`),e.digest_at??``,e=>void this.change({digest_at:e||null}))}
        </div>
        <p class="soft">${this.say(`digest_says`)}</p>
      `)}async change(e){let{draft:t}=this;if(!t)return;this.sending++;let n=await t.change(e);this.sending--,n&&this.tell(Je(this.words,e,()=>void this.undo(t)))}async undo(e){this.sending++,await e.undo(),this.sending--}};m([c()],Q.prototype,`chosen`,void 0),m([c()],Q.prototype,`rules`,void 0),m([c()],Q.prototype,`sending`,void 0),Q=m([n(`courier-access-hours`)],Q);var Bn=[`now`,`hours`,`entries`,`deliveries`],Vn=`building`,Hn=[`location-changed`,`popstate`],$=class extends a{constructor(...e){super(...e),this.narrow=!1,this.chosen=``,this.following=new fe(this),this.locate=()=>{this.chosen=new URLSearchParams(location.search).get(`building`)??this.chosen}}static{this.styles=[A,o`
      :host {
        min-height: 100%;
        background: var(--primary-background-color, #fafafa);
        padding-block-end: env(safe-area-inset-bottom);
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        height: calc(var(--header-height, 56px) + env(safe-area-inset-top));
        box-sizing: border-box;
        padding: env(safe-area-inset-top) 16px 0;
        background: var(--app-header-background-color, var(--card-background-color, #fff));
        color: var(--app-header-text-color, var(--primary-text-color, #141414));
      }
      :host([narrow]) header {
        padding-inline-start: 4px;
      }
      h1 {
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: 400;
        line-height: 1.2;
        margin: 0;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
      }
      nav {
        display: flex;
        overflow-x: auto;
        scrollbar-width: none;
        background: var(--app-header-background-color, var(--card-background-color, #fff));
        border-block-end: var(--app-header-border-bottom, 1px solid var(--divider-color, #e0e0e0));
      }
      nav a {
        display: flex;
        align-items: center;
        min-height: 48px;
        box-sizing: border-box;
        padding-inline: 12px;
        white-space: nowrap;
        color: var(--secondary-text-color, #5e5e5e);
        font-size: var(--ha-font-size-m, 14px);
        font-weight: var(--ha-font-weight-medium, 500);
        text-decoration: none;
        border-block: 2px solid transparent;
      }
      nav a[aria-current="page"] {
        color: var(--app-header-text-color, var(--primary-text-color, #141414));
        border-block-end-color: var(--primary-color, #009ac7);
      }
      nav a:focus-visible {
        outline-offset: -3px;
      }
      main {
        max-width: 860px;
        margin: 0 auto;
        padding: 16px;
      }
      .told {
        position: fixed;
        inset-inline: 8px;
        inset-block-end: calc(8px + env(safe-area-inset-bottom));
        max-width: 560px;
        margin: 0 auto;
        display: flex;
        gap: 16px;
        align-items: center;
        min-height: 48px;
        box-sizing: border-box;
        padding: 2px 8px 2px 16px;
        border-radius: var(--ha-border-radius-sm, 4px);
        background: var(--primary-text-color, #141414);
        color: var(--primary-background-color, #fafafa);
        box-shadow: var(--ha-box-shadow-m, 0 4px 12px rgb(0 0 0 / 30%));
        z-index: 9;
      }
      .told button {
        background: transparent;
        color: inherit;
      }
    `]}get hass(){return this.following.home}set hass(e){this.following.home=e}connectedCallback(){super.connectedCallback();for(let e of Hn)window.addEventListener(e,this.locate)}disconnectedCallback(){super.disconnectedCallback();for(let e of Hn)window.removeEventListener(e,this.locate);clearTimeout(this.fading)}willUpdate(e){e.has(`route`)&&this.locate()}choose(e){this.chosen=e,history.replaceState(history.state,``,`${location.pathname}?building=${e}`)}render(){let{words:e}=this.following;if(!e)return d``;let t=this.current;return d`
      <header>
        ${Ae(this.hass,this.narrow,e.say(`panel_menu`),()=>this.toggleMenu())}
        <h1 class="grow">${t?.name??e.say(`panel_sidebar`)}</h1>
        ${this.choice(e)}
      </header>
      ${t?this.views(e.in(t.time_zone),t):d`<main>${this.nothing(e)}</main>`}
      <div role="status" aria-live="polite">${this.toast(e)}</div>
    `}get current(){let{all:e}=this.following;return e.find(({building:e})=>e===this.chosen)??e[0]}viewsOf(e){return Un(e)?e.is_owner?C(e).length?[...Bn,Vn]:[Vn,...Bn.filter(e=>e!==`hours`)]:Bn:[Vn]}viewOf(e){let t=this.route?.path.replace(/^\//,``),n=this.viewsOf(e);return n.find(e=>e===t)??n[0]??`now`}nothing(e){if(this.following.failure)return g(`error`,this.following.failure);let t=e.say(this.following.absence);return this.following.buildings?v(`locked`,t):D(t)}choice(e){let{all:t}=this.following;return t.length<2?f:S(e.say(`panel_which_building`),this.current?.building,t.map(({building:e,name:t})=>({value:e,label:t})),e=>this.choose(e))}views(e,t){let n=this.viewOf(t);return d`
      <nav aria-label=${e.say(`panel_sidebar`)}>
        ${this.viewsOf(t).map(t=>d`
            <a
              href="/courier-access/${t}"
              aria-current=${t===n?`page`:f}
              @click=${e=>this.go(e,t)}
              >${e.say(`panel_view_${t}`)}</a
            >
          `)}
      </nav>
      <main @ca-told=${e=>this.tell(e.detail)}>
        ${this.following.failure?g(`error`,this.following.failure):f}
        ${Un(t)&&!this.following.isReady(t)?g(`warning`,e.say(`panel_not_ready`)):f}
        ${Un(t)&&n!==Vn?this.shown(e,t,n):d`<courier-access-building
              .home=${this.hass} .words=${e} .access=${this.following.access} .building=${t}
              .news=${this.following.ownersNews} .whole=${Un(t)}
            ></courier-access-building>`}
      </main>
    `}shown(e,t,n){let{home:r,access:i,news:a}=this.following;switch(n){case`now`:return d`<courier-access-now
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-now>`;case`hours`:return d`<courier-access-hours
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-hours>
          <courier-access-may-enter
            .home=${r} .words=${e} .access=${i} .building=${t}
            .couriers=${t.couriers.map(({courier:e,name:t})=>[e,t])}
            .doors=${t.doors.map(({door:e,name:t})=>[e,t])}
            .units=${Wn(t)}
          ></courier-access-may-enter>`;case`entries`:return d`<courier-access-entries
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-entries>`;case`deliveries`:return d`<courier-access-deliveries
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-deliveries>`}}go(e,t){e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),history.pushState(null,``,`/courier-access/${t}`),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}})))}toggleMenu(){this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}tell(e){clearTimeout(this.fading),this.told=e,this.fading=setTimeout(()=>this.told=void 0,1e4)}toast(e){let{told:t}=this;return t?d`
      <div class="told">
        <span class="grow">${t.text}</span>
        ${t.undo?d`<button
              @click=${()=>{this.told=void 0,t.undo?.()}}
            >
              ${e.say(`panel_undo`)}
            </button>`:f}
      </div>
    `:f}};m([r({type:Boolean,reflect:!0})],$.prototype,`narrow`,void 0),m([r({attribute:!1})],$.prototype,`route`,void 0),m([c()],$.prototype,`chosen`,void 0),m([c()],$.prototype,`told`,void 0),$=m([n(`courier-access-panel`)],$);function Un(e){return`doors`in e}function Wn(e){return[...new Set(C(e).flatMap(e=>e.waits_for_confirmation?[]:e.unit))]}export{$ as Panel};