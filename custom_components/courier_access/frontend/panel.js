import{C as e,D as t,E as n,M as r,O as i,S as a,T as o,_ as s,a as c,b as l,c as u,d,f as ee,g as te,h as f,i as ne,j as re,k as p,l as ie,m as ae,n as m,o as h,p as oe,r as g,s as se,t as ce,u as le,v as ue,w as _,x as de,y as fe}from"./following-488cfcc5.js";import{A as pe,C as v,D as me,E as y,F as he,I as b,L as ge,M as _e,N as x,O as ve,P as S,R as ye,S as C,T as w,_ as be,a as xe,b as T,c as Se,d as Ce,f as we,g as Te,h as Ee,i as De,j as Oe,k as E,l as ke,m as Ae,n as je,o as Me,p as Ne,r as Pe,s as Fe,t as Ie,u as Le,v as D,w as Re,x as O,y as k,z as ze}from"./now-9d336761.js";var Be=`important`,Ve=` !`+Be,He=ge(class extends ye{constructor(e){if(super(e),e.type!==ze.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[t]){let{style:n}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let e of this.ft)t[e]??(this.ft.delete(e),e.includes(`-`)?n.removeProperty(e):n[e]=null);for(let e in t){let r=t[e];if(r!=null){this.ft.add(e);let t=typeof r==`string`&&r.endsWith(Ve);e.includes(`-`)||t?n.setProperty(e,t?r.slice(0,-11):r,t?Be:``):n[e]=r}}return i}});function A(e,t){return e.date(`2024-01-0${t+1}`,{weekday:`short`})}function Ue(e,t){let n=ae(t);return n===`always`||n===`none`?e.say(`panel_week_${n}`):c(t).map(({days:t,windows:n})=>`${We(e,t)} ${n.map(({from:t,to:n})=>e.hours(t,n)).join(`, `)}`).join(` · `)}function We(e,t){return t.length===7?e.say(`page_every_day`):fe(t).map(([t,n])=>{let r=n===t+1?`, `:`–`;return t===n?A(e,t):A(e,t)+r+A(e,n)}).join(`, `)}var Ge=10,Ke=5,qe=60,Je=60,Ye=44,Xe={from:`08:00`,to:`18:00`},Ze=[0,1,2,3,4],Qe=[...Ze,5,6],j=class extends n{constructor(...e){super(...e),this.spans=[]}static{this.styles=[T,r`
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
    `]}render(){let e=this.shown??this.spans;return p`
      <p class="soft">${this.say(`week_how`)}</p>
      <p class="quiet" id="keys">${this.say(`week_keys`)}</p>
      <div class="scale" aria-hidden="true">
        <div class="hours">
          ${[0,6,12,18,24].map(e=>p`<span style=${He({"inset-inline-start":`${e/24*100}%`})}>${e}</span>`)}
        </div>
      </div>
      ${a.map((t,n)=>this.day(t,n,e))}
      ${this.edited?this.editor(this.edited):t}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}day(e,n,r){let i=this.words.say(`page_${e}`),a=r.filter(e=>e.day===n),o=a.map(({from:e,to:t})=>this.words.hours(e,t)),s=oe(a,o.map(e=>Je+Ye*e.length));return p`
      <div class="day" role="group" aria-label=${i}>
        <span class="name" title=${i}>${A(this.words,n)}</span>
        <div class="place">
          <div
            class="track"
            data-day=${n}
            @pointerdown=${e=>this.begin(e,n)}
            @pointermove=${e=>this.follow(e)}
            @pointerup=${e=>this.end(e)}
            @pointercancel=${()=>this.leave()}
          >
            ${a.map(e=>this.window(e,i))}
            ${a.map((e,t)=>this.label(e,s[t],o[t]))}
          </div>
          ${this.held?.day===n?this.bubble(this.held):t}
        </div>
        ${E(`add`,this.say(`week_add`,{day:i}),()=>this.add(n))}
      </div>
    `}label({from:e,to:n},r,i){if(r===void 0||r===`nowhere`)return t;let a={in:{"inset-inline-start":M(e),width:M(n-e)},before:{"inset-inline-end":M(g-e)},after:{"inset-inline-start":M(n)}}[r];return p`<span class="label" aria-hidden="true" style=${He(a)}>${i}</span>`}bubble({from:e,to:t}){let n=Math.min(g*.85,Math.max(g*.15,(e+t)/2));return p`<span class="bubble" aria-hidden="true" style=${He({"inset-inline-start":M(n)})}
      >${this.words.hours(e,t)}</span
    >`}window(e,t){let n=this.chosen?.day===e.day&&this.chosen.from===e.from,r=e.from===0&&e.to===1440;return p`
      <button
        class="window ${n?`chosen`:``}"
        data-from=${h(e.from)}
        data-to=${h(e.to)}
        aria-haspopup="dialog"
        aria-describedby="keys"
        aria-label=${r?this.words.say(`page_hours_line`,{days:t,hours:this.say(`all_day`)}):this.say(`week_window`,{day:t,from:this.words.clock(e.from),to:this.words.clock(e.to)})}
        style=${He({"inset-inline-start":M(e.from),width:M(e.to-e.from)})}
        @click=${()=>this.edit(e)}
        @keydown=${t=>this.key(t,e)}
      ></button>
    `}edit(e){let t=e.from===0&&e.to===1440,n=t?Xe:{from:h(e.from),to:h(e.to%g)};this.chosen={day:e.day,from:e.from},this.edited={span:e,isWhole:t,...n,onto:[]}}editor(e){let{span:n,isWhole:r,from:i,to:o}=e,s=t=>this.edited={...e,...t},c=$e(e);return w(this.words.say(`page_${a[n.day]??`monday`}`),p`
        ${he(this.say(`all_day`),r,e=>s({isWhole:e}))}
        ${r?t:p`<div class="row">
              ${S(this.home,this.say(`from`),i,e=>s({from:e}),{required:!0})}
              ${S(this.home,this.say(`to`),o,e=>s({to:e}),{required:!0})}
            </div>`}
        ${i&&o&&!c?O(`error`,this.say(`ends_early`)):t} ${this.copies(e,s)}
      `,{main:C(this.say(`save`),()=>c&&this.keep(e,c),{kind:`main`,disabled:!c}),other:C(this.say(`delete`),()=>this.keep(e,void 0),{kind:`stop`})},()=>this.edited=void 0)}copies({span:e,onto:t},n){let r=(r,i)=>{let a=i.filter(t=>t!==e.day),o=a.every(e=>t.includes(e)),s=t.filter(e=>!a.includes(e));return p`<button aria-pressed=${o} @click=${()=>n({onto:o?s:[...s,...a]})}>
        ${r}
      </button>`};return p`
      <h3 id="copy">${this.say(`copy`)}</h3>
      <div class="chips" role="group" aria-labelledby="copy">
        ${r(this.words.say(`page_every_day`),Qe)} ${r(this.say(`workdays`),Ze)}
        ${Qe.filter(t=>t!==e.day).map(e=>r(A(this.words,e),[e]))}
      </div>
    `}keep({span:e,onto:t},n){let r=ie(this.spans,e.day,e.from);this.edited=void 0,n?this.emit(se(this.choose(r,n),e.day,t)):this.change(r,void 0),this.focusOn(e.day)}add(e){let t=ue(this.spans,e);t&&this.change(void 0,t),this.focusOn(e)}key(e,t){let n=getComputedStyle(this).direction===`rtl`?`ArrowLeft`:`ArrowRight`,r=n===`ArrowLeft`?`ArrowRight`:`ArrowLeft`,i={[n]:15,[r]:-15}[e.key],a=t;if(i!==void 0)a=e.shiftKey?s(t,`to`,t.to+i):ee(t,t.day,t.from+i);else if(e.key===`ArrowDown`||e.key===`ArrowUp`)a=ee(t,t.day+(e.key===`ArrowDown`?1:-1),t.from);else if(e.key===`Delete`||e.key===`Backspace`)a=void 0;else return;e.preventDefault(),this.change(t,a),this.focusOn(a?.day??t.day)}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelectorAll(`.day`)[e]?.querySelector(`.window.chosen, ha-icon-button, .only-icon`)?.focus()})}begin(e,t){if(e.button!==0||this.drag)return;let n=e.target,r=e.currentTarget,i=this.minuteOf(e,r),a=n.classList.contains(`window`)?ie(this.spans,t,this.inside(i)):void 0;this.drag={grip:a?this.grip(e,n):`draw`,pointer:e.pointerId,began:{x:e.clientX,at:i},span:a,row:t,moves:!1},r.setPointerCapture(e.pointerId)}follow(e){let{drag:t}=this;t?.pointer===e.pointerId&&(t.moves||=Math.abs(e.clientX-t.began.x)>Ke||this.rowOf(e)!==t.row,t.moves&&(this.held=this.dragged(t,e),this.shown=te(this.spans,t.span,this.held)))}end(e){let{drag:t}=this;t?.pointer===e.pointerId&&(this.leave(),t.moves?this.change(t.span,this.dragged(t,e)):t.span?this.edit(t.span):this.change(void 0,u(t.row,t.began.at,t.began.at+qe)))}leave(){this.drag=void 0,this.shown=this.held=void 0}dragged(e,t){let n=this.minuteOf(t,t.currentTarget),{span:r}=e;return r?e.grip===`move`?ee(r,this.rowOf(t)??e.row,r.from+n-e.began.at):s(r,e.grip===`from`?`from`:`to`,n):u(e.row,e.began.at,n)}grip(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect();if(i<30)return`move`;let[a,o]=this.isRightToLeft?[`to`,`from`]:[`from`,`to`];return e.clientX-n<Ge?a:r-e.clientX<Ge?o:`move`}get isRightToLeft(){return getComputedStyle(this).direction===`rtl`}minuteOf(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect(),a=this.isRightToLeft?r-e.clientX:e.clientX-n;return Math.min(g,Math.max(0,a/i*g))}inside(e){return Math.min(g-1,Math.floor(e))}rowOf(e){let t=[...this.renderRoot.querySelectorAll(`.track`)].findIndex(t=>{let{top:n,bottom:r}=t.getBoundingClientRect();return n<=e.clientY&&e.clientY<=r});return t<0?this.drag?.row:t}change(e,t){this.emit(this.choose(e,t))}choose(e,t){let n=te(this.spans,e,t),r=t&&ie(n,t.day,t.from);return this.chosen=r&&{day:r.day,from:r.from},n}emit(e){this.spans=e,this.dispatchEvent(new CustomEvent(`ca-week`,{detail:e,bubbles:!0,composed:!0}))}};m([_({attribute:!1})],j.prototype,`home`,void 0),m([_({attribute:!1})],j.prototype,`words`,void 0),m([_({attribute:!1})],j.prototype,`spans`,void 0),m([e()],j.prototype,`shown`,void 0),m([e()],j.prototype,`held`,void 0),m([e()],j.prototype,`chosen`,void 0),m([e()],j.prototype,`edited`,void 0),j=m([o(`courier-access-week`)],j);function $e({span:{day:e},isWhole:t,from:n,to:r}){if(t)return{day:e,from:0,to:g};if(!n||!r)return;let i={day:e,from:d(n),to:d(r)||1440};return i.from<i.to?i:void 0}function M(e){return`${e/g*100}%`}var et={unauthenticated:`signature`,malformed:`form`,unsupported:`form`,too_large:`form`,slow_body:`form`,id_reused:`form`,in_flight:`often`,rate_limited:`often`,door_busy:`door`,door_unavailable:`door`,not_ready:`building`,ledger_unavailable:`building`,clock_untrusted:`building`};function tt(e){let t=et[e];return t?`panel_problem_${t}`:`notification_reason_${e}`}function nt({consent:e,on_paper:t}){return t?e===`given`?`given_on_paper`:`refused_on_paper`:e}function rt(e){return!e.has_way||!!e.unreachable_since}function it(e,t){return e.residents.find(({resident:e})=>e===t.subject)}function at({issues:e,record:t}){let n=e=>Number(e.kind===t.kept_out_by);return[...e].sort((e,t)=>n(t)-n(e))}function ot(e,t){let[n,r]=e<1e6?[Math.max(1,Math.round(e/1e3)),`kilobyte`]:[e/1e6,`megabyte`];return new Intl.NumberFormat(t,{style:`unit`,unit:r,maximumFractionDigits:1}).format(n)}function st(e,t){return JSON.stringify(f(e))===JSON.stringify(f(t))}var N=class extends D{constructor(...e){super(...e),this.kept={},this.busy=!1}willUpdate(e){e.has(`kept`)&&this.drawn&&st(this.drawn,this.kept)&&(this.drawn=void 0)}render(){let e=this.drawn??this.kept,n=!st(e,this.kept);return p`
      <section aria-busy=${this.busy}>
        <h2>${this.say(`building_hours`)}</h2>
        <p class="soft">${this.say(`building_hours_says`)}</p>
        ${this.words.readerIsElsewhere?O(`warning`,this.say(`elsewhere`,{zone:this.words.zone})):t}
        <courier-access-week
          .home=${this.home}
          .words=${this.words}
          .spans=${le(f(e))}
          @ca-week=${e=>this.drawn=l(e.detail)}
        ></courier-access-week>
        ${Object.keys(e).length?t:p`<p>${this.say(`building_hours_none`)}</p>`}
        <div class="row">
          ${C(this.say(`save`),()=>void this.keep(e),{kind:`main`,disabled:!n||this.busy})}
          ${C(this.say(`cancel`),()=>this.drawn=void 0,{kind:`text`,disabled:!n||this.busy})}
        </div>
      </section>
    `}async keep(e){let t=this.kept;this.busy=!0;let n=await this.act(()=>this.access.setHours(this.building.building,e));this.busy=!1,n&&(this.kept=e,this.drawn=void 0,this.tell({text:this.say(`kept`),undo:()=>void this.keep(t)}))}};m([_({attribute:!1})],N.prototype,`kept`,void 0),m([e()],N.prototype,`drawn`,void 0),m([e()],N.prototype,`busy`,void 0),N=m([o(`courier-access-building-hours`)],N);var P=class extends D{constructor(...e){super(...e),this.busy=!1,this.asked=0}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.asked++,this.found=void 0,this.busy=!1)}render(){return p`
      <section>
        <h2>${this.words.say(`page_check`)}</h2>
        <p>${this.words.say(`page_check_says`)}</p>
        <label for="notification">${this.words.say(`page_check_notification`)}</label>
        <textarea id="notification" rows="2" autocomplete="off"></textarea>
        ${C(this.words.say(`page_check_button`),()=>this.check(),{disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      </section>
    `}answer(e){return p`
      ${this.record(e)}
      ${e.notifications?e.notifications.map(({record:e,standing:t})=>p`
              <p class="status ${t===`unchanged`?`good`:`bad`}">
                ${this.words.say(`page_standing_${t}`,{record:e})}
              </p>
            `):p`<p class="soft">${this.words.say(`page_checked_alone`)}</p>`}
    `}record(e){return e.intact?e.notifications?.some(({standing:e})=>e!==`unchanged`)?t:p`<p class="status good">${this.words.say(`page_checked_intact`,{count:e.records})}</p>`:p`<p class="status bad">
        ${this.words.say(`page_checked_broken`,{record:e.broken_at??0})}
      </p>`}async check(){let e=this.renderRoot.querySelector(`textarea`),t=++this.asked;this.busy=!0,await this.act(async()=>{this.found=void 0;let n=await this.access.verify(this.building.building,e?.value.trim()??``);t===this.asked&&(this.found=n)}),t===this.asked&&(this.busy=!1)}};m([e()],P.prototype,`found`,void 0),m([e()],P.prototype,`busy`,void 0),P=m([o(`courier-access-check`)],P);var ct=`/config/repairs`,lt=`/config/network`,ut=`/config/cloud`,dt=`/courier-access/entries?building=`,ft=3,pt=[`nothing`,`not_https`];function F({building:e}){return`/config/integrations/integration/courier_access#config_entry=${e}`}function mt(e){return e.available?e.left_open?`left_open`:e.position===`jammed`?`door_jammed`:void 0:`door_unavailable`}function ht(e,t=[]){if(e.enabled){if(!e.doors.length)return`courier_no_doors`;if(e.keys.length)return e.reach===`not_https`?`courier_not_https`:e.reach===`nothing`||e.reach===`cloud_gone`?`courier_cut_off`:_t(e)?`courier_refused`:e.uses_newest_key===!1?`courier_old_key`:t.includes(e.courier)?`courier_never_heard`:void 0}}var gt=[`unauthenticated`,`malformed`,`unsupported`,`too_large`];function _t({last_refusal:e,last_contact:t}){return e!==null&&gt.includes(e.why)&&(t===null||t<e.at)}function vt(e){return rt(e)?`unreachable`:e.consent===`not_given`?`consent_not_given`:void 0}function yt(e,t,n=!1){return new bt(e,t).all(n?[`no_residents`,`no_consent`,`consent_not_given`]:[])}var bt=class{constructor(e,t){this.owned=e,this.words=t,this.edit=F(e)}all(e){return[...this.keptOut(),...this.issues(),...this.address(),...this.doors(),...this.couriers(),...this.residents()].filter(({kind:t})=>!e.includes(t))}say(e,t){return this.words.say(`panel_${e}`,t)}has(e,t){return this.owned.issues.some(n=>n.kind===e&&(t===void 0||n.subject===t))}keptOut(){let{kept_out_by:e}=this.owned.record;return e===null||this.has(e)?[]:[{kind:e,name:this.say(`record`),says:this.words.issue(e,`title`,{building:this.owned.name}),href:ct}]}issues(){return at(this.owned).filter(({kind:e})=>e!==`no_external_url`||!this.unreachable.length).map(e=>this.issue(e))}issue(e){let{kind:t,placeholders:n}=e,r=it(this.owned,e);return{kind:t,name:this.words.issue(t,`title`,n),says:r?this.named(r):``,...!e.is_fixable&&{more:this.words.issue(t,`description`,n)},href:{no_external_url:lt,cloud_address_gone:ut,no_residents:this.edit}[t]??`/config/repairs`}}get unreachable(){return this.owned.couriers.filter(({enabled:e,keys:t,reach:n})=>e&&t.length&&pt.includes(n))}address(){let[e]=this.unreachable;if(!e)return[];let t=this.unreachable.map(({name:e})=>e);return[{kind:`address`,name:this.list(t),says:this.say(`reach_${e.reach}`),href:lt}]}doors(){return this.owned.doors.flatMap(e=>{let t=mt(e);return!t||this.has(`opener_offline`,e.door)||this.has(`opener_removed`,e.door)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`left_open`?dt+this.owned.building:this.edit}]})}couriers(){return this.owned.couriers.flatMap(e=>{let t=ht(e,this.owned.never_heard);if(!t||pt.includes(e.reach))return[];let n={courier_cut_off:`cloud_address_gone`,courier_old_key:`key_ending`}[t];return n&&this.has(n,e.courier)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`courier_cut_off`?ut:this.edit}]})}residents(){let e=this.owned.residents.filter(e=>rt(e)&&!this.has(`resident_unreachable`,e.resident)),t=this.has(`no_consent`)?[]:this.owned.residents.filter(({consent:e})=>e===`not_given`);return[...this.people(`unreachable`,e),...this.people(`consent_not_given`,t)]}people(e,t){return t.length?[{kind:e,name:this.list(t.map(e=>this.named(e))),says:this.say(e),href:this.edit}]:[]}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}list(e){let t=e.length-ft;return e.slice(0,ft).join(`; `)+(t>0?`; +${t}`:``)}},xt={good:`good`,bad:`alert`,plain:`plain`};function I(e){let{tone:n,name:r,says:i,link:a,more:o=t}=e,s=p`<span class="name">${r}</span><span class="says ${e.isSaidOnly?`quiet`:``}">${i}</span>`;return p`
    <div class="item ${n}">
      ${b(e.icon??xt[n])}
      ${o===t?p`<div class="words">${s}</div>`:p`<details>
            <summary class="words">${s}${b(`open`)}</summary>
            ${o}
          </details>`}
      ${a?p`<a class="to" href=${a.href} aria-label=${a.label} @click=${e=>St(e,a)}
            >${a.text}</a
          >`:t}
    </div>
  `}function St(e,{go:t}){t&&(e.preventDefault(),t())}var Ct=r`
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
`,L=class extends D{constructor(...e){super(...e),this.neverHeard=[],this.busy=!1}static{this.styles=[D.styles,Ct]}render(){let{courier:e}=this,n=ht(e,this.neverHeard);return I({tone:n?`bad`:e.enabled&&e.keys.length?`good`:`plain`,name:e.name,says:this.state(n),more:p`
        ${e.doors.length?p`<p>${this.say(`courier_doors`,{doors:e.doors.join(`, `)})}</p>`:t}
        ${e.keys.length?this.messages(e):p`<p>${this.say(`key_none`)}</p>`}
      `,link:{href:F(this.building),text:this.say(`edit`),label:`${this.say(`edit`)}: ${e.name}`}})}show(){let e=this.renderRoot.querySelector(`details`);e&&(e.open=!0,this.scrollIntoView({block:`center`}),e.querySelector(`summary`)?.focus())}state(e){let{enabled:t,keys:n,last_contact:r}=this.courier;return t?e?this.say(e):n.length?r?this.say(`last_contact`,{time:this.words.moment(r)}):this.say(`courier_quiet`):this.say(`courier_without_key`):this.say(`courier_disabled`)}messages(e){return p`
      <p data-reach=${e.reach}>${this.say(`reach_${e.reach}`)}</p>
      ${e.keys.map(({kind:n,ends_at:r})=>p`
          <p>
            ${this.say(`key_${n}`)} ${r?this.say(`key_ends`,{time:this.words.moment(r)}):t}
            ${!r&&e.uses_newest_key===!1?this.say(`key_unused`):t}
          </p>
        `)}
      <p class="soft">
        ${e.last_contact?this.say(`last_contact`,{time:this.words.moment(e.last_contact)}):this.say(`never_heard`)}
        ${this.refusals()}
      </p>
      ${C(this.say(`test`),()=>this.test(),{disabled:this.busy})}
      <div role="status">${this.tried?this.answer(this.tried):``}</div>
    `}refusals(){let{refusals:e,last_refusal:t}=this.courier;return t?this.say(`refusals`,{count:e,time:this.words.moment(t.at),why:this.words.say(tt(t.why))}):``}answer({found:e,why:n}){let r=e===`good`||e===`answers`;return p`
      <p class="status ${r?`good`:`bad`}" data-found=${e}>
        ${this.say(`found_${e}`)} ${n?this.words.say(tt(n)):t}
        ${r&&this.courier.reach===`nothing`?this.say(`found_inside`):t}
      </p>
    `}async test(){this.busy=!0,this.tried=void 0,await this.act(async()=>{this.tried=await this.access.test(this.building.building,this.courier.courier)}),this.busy=!1}};m([_({attribute:!1})],L.prototype,`courier`,void 0),m([_({attribute:!1})],L.prototype,`neverHeard`,void 0),m([e()],L.prototype,`tried`,void 0),m([e()],L.prototype,`busy`,void 0),L=m([o(`courier-access-courier`)],L);var wt={courier_disabled:[`courier_disabled`],door_not_allowed:[`door_not_allowed`],paused:[`building_paused`,`unit_paused`],outside_building_hours:[`building_hours`]},Tt=[`nobody_consents`,`withdrawn`,`denied`],Et={courier_disabled:`notification_reason_courier_disabled`,door_not_allowed:`notification_reason_door_not_allowed`,building_hours:`notification_reason_outside_building_hours`,building_paused:`page_shut_building_paused`,unit_paused:`page_shut_unit_paused`,nobody_consents:`page_shut_not_given`};function Dt({admitted:e,reason:t}){return e?`yes`:t===`no_answer`?`ask`:`no`}function Ot(e){let t=wt[e.reason],n=e.because.filter(({says:n,layer:r})=>n===Dt(e)&&(t?.includes(r)??!0));return n.find(({layer:e})=>Tt.includes(e))??n.find(({layer:e})=>e!==`not_consenting`)??n[0]}function kt(e,t,n){let r=Ot(n),i=Dt(n);if(!r){if(i===`ask`)return``;let t=i===`yes`||n.reason===`not_accepting`;return e.say(t?`panel_rule_${i}`:`notification_reason_${n.reason}`)}let{layer:a,resident:o=``,entity:s=``}=r,c=Et[a];return c?e.say(c):e.say(`panel_rule_${a}`,{resident:o,entity:t[s]?.attributes.friendly_name??s})}function R(e,t,n,r=!1){return p`
    <section>
      <details ?open=${r}>
        <summary>
          <h2>${e}</h2>
          <span class="set soft">${t}</span>
          ${b(`open`)}
        </summary>
        <div class="inside">${n}</div>
      </details>
    </section>
  `}var z=class extends D{constructor(...e){super(...e),this.couriers=[],this.doors=[],this.units=[],this.chosen={},this.busy=!1,this.asked=0}static{this.styles=[D.styles,r`
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
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&this.forget()}render(){if(!this.couriers.length||!this.doors.length||!this.units.length)return t;let e=this.at??this.now;return R(this.say(`check_access`),``,p`
        <p class="soft">${this.say(`check_says`)}</p>
        <div class="fields">
          ${this.select(`courier`,this.say(`orders_courier`))} ${this.select(`unit`,this.say(`which_unit`))}
          ${this.select(`door`,this.say(`orders_door`))}
          ${Re(this.home,this.words.say(`page_day`),e.day,t=>this.ask({at:{...e,day:t}}),{required:!0})}
          ${S(this.home,this.say(`check_at`),e.time,t=>this.ask({at:{...e,time:t}}),{required:!0})}
        </div>
        ${C(this.say(`check`),()=>this.check(),{kind:`main`,disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      `)}get now(){return this.words.wall((/* @__PURE__ */ new Date()).toISOString())}select(e,n){let r=this.choices(e);return r.length<2?t:x(n,this.selected(e)?.[0],r.map(([e,t])=>({value:e,label:t})),t=>this.ask({chosen:{...this.chosen,[e]:t}}))}choices(e){return e===`unit`?this.units.map(e=>[e,e]):e===`courier`?this.couriers:this.doors}selected(e){let t=this.choices(e);return t.find(([t])=>t===this.chosen[e])??t[0]}ask(e){e.at?.day&&e.at.time&&(this.at=e.at),e.chosen&&(this.chosen=e.chosen),this.forget()}forget(){this.asked++,this.found=void 0,this.busy=!1}answer(e){let t=Dt(e);return p`
      <p class="status ${t===`yes`?`good`:``}" data-answer=${t}>
        <strong>${this.say(`check_${t}`,{courier:e.courier})}</strong><br />
        ${kt(this.words,this.home.states,e)}
      </p>
    `}async check(){let[e,t,n]=[`courier`,`unit`,`door`].map(e=>this.selected(e));if(!e||!t||!n)return;let[,r]=e;this.forget();let{asked:i}=this;this.busy=!0,await this.act(async()=>{let e=this.at&&`${this.at.day}T${this.at.time}`,a=await this.access.check(this.building.building,n[0],t[0],e);i===this.asked&&(this.found=a.find(e=>e.courier===r)??{courier:r,unit:t[0],admitted:!1,reason:`door_not_allowed`,because:[]})}),i===this.asked&&(this.busy=!1)}};m([_({attribute:!1})],z.prototype,`couriers`,void 0),m([_({attribute:!1})],z.prototype,`doors`,void 0),m([_({attribute:!1})],z.prototype,`units`,void 0),m([e()],z.prototype,`chosen`,void 0),m([e()],z.prototype,`at`,void 0),m([e()],z.prototype,`found`,void 0),m([e()],z.prototype,`busy`,void 0),z=m([o(`courier-access-may-enter`)],z);var At=[`door`,`courier`,`resident`,`consent`,`hours`,`entry`],jt=[`consent`,`hours`,`entry`];function Mt(e,t){switch(t){case`door`:return e.doors.length>0;case`courier`:return e.couriers.some(({enabled:e,doors:t})=>e&&t.length>0);case`resident`:return e.residents.length>0;case`consent`:return e.residents.some(({consent:e})=>e===`given`);case`hours`:return e.has_residents_hours;case`entry`:return e.ever_admitted===!0}}function Nt(e){return e.ever_admitted===!1}function Pt(e){return At.find(t=>!Mt(e,t))}var Ft=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],It=[`locked`,`locking`],Lt={door:`panel_orders_door`,courier:`panel_orders_courier`,resident:`panel_residents`,consent:`csv_resident_consent`,hours:`page_time`,entry:`panel_setup_entry`},Rt=1800,B=class extends D{constructor(...e){super(...e),this.news=0,this.whole=!0,this.reading=0}static{this.styles=[D.styles,Ct,r`
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
    `]}connectedCallback(){super.connectedCallback(),this.renewing=setInterval(()=>void this.read(),Rt*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.renewing)}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.owned=void 0),(e.has(`news`)||e.has(`building`))&&this.read()}async read(){let e=++this.reading;try{let t=await this.access.owned(this.building.building);e===this.reading&&(this.owned=t)}catch(e){this.owned||this.tell({text:this.words.refusal(e)})}}render(){let{owned:e}=this;return e?p`
      ${Nt(e)?this.setup(e):t} ${this.required(e)}
      <courier-access-may-enter
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .couriers=${e.couriers.map(({courier:e,name:t})=>[e,t])}
        .doors=${e.doors.map(({door:e,name:t})=>[e,t])}
        .units=${this.whole?zt(e):[]}
      ></courier-access-may-enter>
      ${this.doors(e)} ${this.couriers(e)} ${this.residents(e)} ${this.links(e)} ${this.record(e)}
      <courier-access-building-hours
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .kept=${e.hours}
      ></courier-access-building-hours>
    `:p`<section>${pe(this.say(`loading`))}</section>`}setup(e){let t=Pt(e);return p`
      <section data-setup=${t??``}>
        <h2>${this.say(`setup`)}</h2>
        <ol class="rows">
          ${At.map(n=>p`<li data-step=${n}>${this.step(e,n,n===t)}</li>`)}
        </ol>
      </section>
    `}step(e,t,n){let r=Mt(e,t),i=this.words.say(Lt[t]);return I({tone:r?`good`:`plain`,name:i,says:r?this.say(`setup_done`):n&&jt.includes(t)?this.say(`setup_${t}_says`):``,isSaidOnly:r,link:n?{...this.link(this.placeOf(t),this.say(`setup_next`),i),...this.test(e,t)}:void 0})}placeOf(e){let t={consent:`now`,hours:`hours`,entry:`deliveries`}[e];return t&&(this.isResident||e===`entry`)?`/courier-access/${t}?building=${this.building.building}`:F(this.building)}test({couriers:e},t){let n=e.find(({enabled:e,keys:t})=>e&&t.length);if(t!==`entry`||this.isResident||!n)return{};let r=()=>this.renderRoot.querySelector(`[data-courier="${n.courier}"] > *`);return{go:()=>r()?.show()}}get isResident(){return`residents`in this.building&&k(this.building).length>0}required(e){let t=yt(e,this.words,Nt(e));return p`
      <section>
        <h2>${this.say(`needs_you`)}</h2>
        ${t.length?p`<ul class="rows">
              ${t.map(e=>this.action(e))}
            </ul>`:p`<p class="status good">${this.say(`needs_nothing`)}</p>`}
      </section>
    `}action({kind:e,name:n,says:r,more:i,href:a}){return p`
      <li data-issue=${e}>
        ${I({tone:`bad`,name:n,says:r,more:i?p`<p class="text">${i}</p>`:t,link:this.link(a,this.say(`fix`),n)})}
      </li>
    `}link(e,t,n){return{href:e,text:t,label:`${t}: ${n}`}}edit(e){return this.link(F(this.building),this.say(`edit`),e)}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}couriers(e){return p`
      <section>
        <h2>${this.say(`couriers`)}</h2>
        ${e.couriers.length?p`<ul class="rows">
              ${e.couriers.map(t=>p`
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
            </ul>`:p`<p>${this.words.say(`page_lobby_couriers_none`)}</p>`}
      </section>
    `}doors(e){return p`
      <section>
        <h2>${this.say(`doors`)}</h2>
        <ul class="rows">
          ${e.doors.map(e=>this.door(e))}
        </ul>
      </section>
    `}door(e){let n=Ft.includes(e.position)?e.position:`unavailable`,r=mt(e),i=r?`alert`:It.includes(n)?`locked`:`unlocked`;return p`
      <li data-door=${e.door}>
        ${I({tone:r?`bad`:i===`locked`?`good`:`plain`,icon:i,name:e.name,says:this.say(r??`door_${n}`),more:p`
            ${e.available?t:p`<p>${this.unavailable(e)}</p>`}
            <p class="soft">
              ${this.opener(e)} ${this.say(`unlock_seconds`,{seconds:e.unlock_seconds})}
              ${this.say(e.contact?`contact_${e.contact}`:`contact_none`)}
            </p>
          `,link:this.edit(e.name)})}
      </li>
    `}opener({opener:e}){if(e===null)return``;let t=this.home.states[e]?.attributes.friendly_name??e;return this.say(`opener`,{name:t})}unavailable(e){return e.opener_removed?this.say(`opener_removed`):e.unavailable_since?this.say(`opener_away_since`,{time:this.words.moment(e.unavailable_since)}):``}residents(e){return p`
      <section>
        <h2>${this.say(`residents`)}</h2>
        <ul class="rows">
          ${e.residents.map(e=>this.resident(e))}
        </ul>
      </section>
    `}resident(e){let n=nt(e),r=vt(e),i=e.consent===`given`,a=rt(e),o=[...a?[this.say(`unreachable`)]:[],...e.waits_for_confirmation?[this.say(`pending`)]:[],...n?[this.say(`consent_${n}`)]:[]];return p`
      <li class="resident" data-resident=${e.resident}>
        ${I({tone:r?`bad`:i&&!e.waits_for_confirmation?`good`:`plain`,name:this.named(e),says:o.join(` · `),more:a||e.waits_for_confirmation?p`
                  ${a?p`<p>${this.outOfReach(e)}</p>`:t}
                  ${e.waits_for_confirmation?p`<p>${this.say(`waits`)}</p>`:t}
                `:t,link:this.edit(this.named(e))})}
      </li>
    `}outOfReach({unreachable_since:e}){return e?this.say(`unreachable_since`,{time:this.words.moment(e)}):this.say(`no_way`)}links(e){return p`
      <section>
        <h2>${this.say(`links`)}</h2>
        <ul class="links">
          <li><a class="to" href=${e.links.notice} target="_blank">${this.say(`open_notice`)}</a></li>
          <li><a class="to" href=${e.links.residents} download>${this.say(`open_list`)}</a></li>
          <li><a class="to" href=${F(this.building)}>${this.say(`open_settings`)}</a></li>
        </ul>
      </section>
    `}record(e){let{kept_out_by:n,records:r,newest_at:i,retention_days:a,notifications_pending:o}=e.record;return p`
      <section>
        <h2>${this.say(`record`)}</h2>
        <p class="status ${n?`bad`:`good`}" data-kept-out=${n??``}>
          <strong
            >${n?this.words.issue(n,`title`,{building:e.name}):this.say(`record_well`)}</strong
          >
        </p>
        <p>
          ${r===null?t:this.say(`record_has`,{count:r,size:ot(e.record_bytes,this.words.language)})}
          ${i?this.say(`record_newest`,{time:this.words.moment(i)}):t}
        </p>
        <p class="soft">
          ${this.say(`record_keeps`,{days:a})} ${o?this.say(`notifications_pending`,{count:o}):t}
        </p>
      </section>
      ${this.whole?p`<courier-access-check
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
          ></courier-access-check>`:t}
    `}};m([_({type:Number})],B.prototype,`news`,void 0),m([_({type:Boolean})],B.prototype,`whole`,void 0),m([e()],B.prototype,`owned`,void 0),B=m([o(`courier-access-building`)],B);function zt({residents:e}){return[...new Set(e.map(({unit:e})=>e))].sort((e,t)=>e.localeCompare(t,void 0,{numeric:!0}))}var Bt={day:{from:`08:00`,to:`18:00`},evening:{from:`17:00`,to:`21:00`},all_day:{from:`00:00`,to:`00:00`}};function Vt(e,t){let n=a[((/* @__PURE__ */ new Date(`${t}T00:00:00Z`)).getUTCDay()+6)%7],r=ke(e.exceptions,t),i=(r?r.windows:n&&e.windows[n])??[];if(!i.length)return;let o=i.map(e=>e.from).sort()[0]??``,s=i.map(e=>e.to).sort().at(-1)??``;return{from:o.slice(0,5),to:s.slice(0,5)===`24:00`?`00:00`:s.slice(0,5)}}function Ht({from:e,to:t}){let n=d(t)-d(e);return(n>0?n:n+g)/60}function Ut(e,{from:t,to:n}){let r=t<n?e:Se(e,1);return{starts_at:`${e}T${t}:00`,ends_at:`${r}T${n}:00`}}function Wt(e,t,n,r){let i=t&&Vt(t,e);return[...[...i?[[`mine`,i]]:[],[`day`,Bt.day],[`evening`,Bt.evening],[`all_day`,Bt.all_day]].filter(([,t])=>Ht(t)<=n.longest_grant_hours&&Ut(e,t).ends_at>r),[`other`,void 0]]}function Gt({couriers:e,doors:t}){return e.filter(e=>e.enabled&&t.some(({door:t})=>e.doors.includes(t)))}function Kt({pin:e,short_code:t,link:n},r){return[r.title,r.window,`${r.pin} ${e}`,`${r.code} ${t}`,...n?[n]:[]].join(`
`)}var V=`other`,qt=64,H=class extends D{constructor(...e){super(...e),this.unit=``,this.courier=``,this.door=``,this.choice=``,this.day=``,this.refusal=``,this.sending=!1,this.times={from:``,to:``},this.read=``}static{this.styles=[D.styles,r`
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
    `]}willUpdate(e){this.day||this.begin();let t=this.resident,n=`${this.building.building} ${t?.resident}`;t&&(n!==this.read||e.get(`building`))&&(this.read=n,this.access.rules(this.building.building,t.resident).then(e=>this.rules=e,()=>this.rules=void 0))}firstUpdated(){ve(this.renderRoot.querySelector(`ha-select, select, .chips button`))}begin(){let{delivery:e}=this;if(!e){this.choice=this.day=this.today;return}let[t,n]=[this.words.wall(e.starts_at),this.words.wall(e.ends_at)];this.unit=e.units?.[0]??``,this.courier=e.courier_id??``,this.door=e.door_id??``,this.day=t.day,this.choice=this.days.includes(t.day)?t.day:V,this.preset=`other`,this.times={from:t.time,to:n.time}}render(){let e=this.chosen;if(!e)return t;let n=Wt(this.day,this.rules,e,this.now),[r]=n.find(([e])=>e===this.preset)??n[0]??[`other`],i=this.doorsOf(e);return p`
      <form aria-busy=${this.sending} @submit=${e=>this.send(e,n,r)}>
        ${this.delivery?t:this.who(e)}
        ${i.length>1?x(this.words.say(`csv_door`),this.door||i[0]?.door,i.map(({door:e,name:t})=>({value:e,label:t})),e=>this.door=e):t}
        ${this.when()}
        ${v(this.words.say(`page_time`),r,n.map(([e,t])=>({value:e,label:this.preset_name(e,t)})),e=>this.preset=e)}
        ${r===`other`?p`<div class="row">
              ${[`from`,`to`].map(e=>S(this.home,this.say(e),this.times[e],t=>this.times={...this.times,[e]:t},{name:e,required:!0}))}
            </div>`:t}
        <label class="field"
          >${this.words.say(`page_note`)}
          <input
            name="parcel"
            maxlength=${qt}
            autocomplete="off"
            aria-describedby="note"
            value=${this.delivery?.parcel_ref??``}
        /></label>
        <span class="soft" id="note">${this.words.say(`page_note_says`)}</span>
        ${this.refusal?O(`error`,this.refusal):t}
        <div class="row">
          ${C(this.say(`save`),void 0,{kind:`main`,submits:!0,disabled:this.sending})}
          ${C(this.say(`cancel`),()=>this.close(),{kind:`text`})}
        </div>
      </form>
    `}who(e){let n=k(this.building).map(({unit:e})=>e);return p`
      ${n.length>1?x(this.say(`which_unit`),this.resident?.unit,n.map(e=>({value:e,label:e})),e=>this.unit=e):t}
      ${x(this.words.say(`csv_courier`),e.courier,Gt(this.building).map(({courier:e,name:t})=>({value:e,label:t})),e=>this.courier=e)}
    `}when(){let{language:e}=this.words,n=new Intl.RelativeTimeFormat(e,{numeric:`auto`}),r=this.days.map((t,r)=>({value:t,label:je(n.format(r,`day`),e)}));return p`
      ${v(this.words.say(`page_day`),this.choice,[...r,{value:V,label:this.say(`other_day`)}],e=>{this.choice=e,e!==V&&(this.day=e)})}
      ${this.choice===V?Re(this.home,this.words.say(`page_day`),this.day,e=>this.day=e||this.day,{min:this.today,required:!0}):t}
    `}preset_name(e,t){if(e===`other`||!t)return this.words.say(`page_other_times`);if(e===`all_day`)return je(this.words.say(`page_all_day`),this.words.language);let n=this.words.say(`page_hours`,{start:t.from,end:t.to===`00:00`?`24:00`:t.to});return e===`mine`?`${this.words.say(`page_my_hours`)} (${n})`:n}get resident(){let e=k(this.building).filter(e=>!e.waits_for_confirmation);return e.find(({unit:e})=>e===this.unit)??e[0]}get chosen(){let e=Gt(this.building);return e.find(({courier:e})=>e===this.courier)??e[0]}doorsOf(e){return this.building.doors.filter(({door:t})=>e.doors.includes(t))}get now(){let{day:e,time:t}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return`${e}T${t}:00`}get today(){return this.now.slice(0,10)}get days(){return[this.today,Se(this.today,1)]}async send(e,t,n){e.preventDefault();let r=new FormData(e.target),i=this.chosen;if(!i||this.sending)return;let a=t.find(([e])=>e===n)?.[1]??this.times;if(!a.from||!a.to){this.refusal=this.words.say(`page_expect_unreadable`);return}let o=this.doorsOf(i).map(({door:e})=>e),s=(o.includes(this.door)?this.door:o[0])??``,c={...Ut(this.day,a),door:s,parcel_ref:String(r.get(`parcel`)??``)},{building:l}=this.building,{delivery:u}=this;this.sending=!0,this.refusal=``;try{let{decision:e,reason:t}=u?.grant_id?await this.access.revise(l,i.courier,u.grant_id,c):await this.access.issue(l,i.courier,this.resident?.unit??``,c);if(e===`accepted`)this.tell({text:this.words.say(u?`page_said_revise`:`page_said_expect`)}),this.close();else{let e=this.words.say(`notification_reason_${t}`);this.refusal=`${this.words.say(`page_expect_refused`)} ${e}`}}catch(e){this.refusal=this.words.refusal(e)}this.sending=!1}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};m([_({attribute:!1})],H.prototype,`delivery`,void 0),m([e()],H.prototype,`unit`,void 0),m([e()],H.prototype,`courier`,void 0),m([e()],H.prototype,`door`,void 0),m([e()],H.prototype,`choice`,void 0),m([e()],H.prototype,`day`,void 0),m([e()],H.prototype,`preset`,void 0),m([e()],H.prototype,`rules`,void 0),m([e()],H.prototype,`refusal`,void 0),m([e()],H.prototype,`sending`,void 0),m([e()],H.prototype,`times`,void 0),H=m([o(`courier-access-expect`)],H);var Jt=3,Yt=20,U=class extends D{constructor(...e){super(...e),this.orders=[],this.draft={},this.busy=!1}willUpdate(e){e.has(`building`)&&(e.get(`building`)?.building!==this.building.building&&(this.orders=[],this.sources=void 0),this.resident&&this.load())}render(){let{resident:e,sources:n}=this;if(!e)return t;let r=this.orders.filter(e=>e.resident!==void 0),i=C(this.say(`orders_give`),()=>void this.open(e),{icon:`add`});return p`
      <section>
        <h2>${this.say(`orders`)}</h2>
        <p class="soft">${this.say(`orders_says`)}</p>
        ${r.length===0?y(`parcel`,this.say(`orders_none`),i):p`<ul>
                ${r.map(e=>this.row(e))}
              </ul>
              ${i}`}
        ${n?this.form(e,n):t}
      </section>
    `}get resident(){return k(this.building)[0]}async load(){let{building:e}=this.building;await this.act(async()=>{let t=await this.access.orders(e);e===this.building.building&&(this.orders=t)})}row(e){let n=[e.courier??`–`,e.door].filter(Boolean).join(`, `);return p`
      <li data-order=${e.order}>
        <h3>${n}</h3>
        <p class="soft">
          ${e.source??this.say(`orders_gone`)} ·
          ${this.say(`orders_most`,{count:e.most_per_day??0})}${e.is_paused?p` · ${this.say(`orders_paused`)}`:t}
        </p>
        <div class="row">
          ${C(e.is_paused?this.say(`orders_resume`):this.say(`orders_pause`),()=>void this.pause(e))}
          ${C(this.say(`orders_withdraw`),()=>void this.withdraw(e),{kind:`stop`})}
        </div>
      </li>
    `}form(e,n){let{draft:r}=this,{device:i,sensor:a}=r,o=(i!==void 0||a!==void 0)&&r.courier!==void 0,s=()=>this.sources=void 0;return w(this.say(`orders_give`),p`<div class="fields">
        ${x(this.say(`orders_source`),i??a,[...n.devices.map(e=>({value:e.device,label:e.name,group:this.say(`orders_accounts`)})),...n.sensors.map(e=>({value:e.sensor,label:e.name,group:this.say(`orders_sensors`)}))],e=>this.choose(n,e))}
        ${this.named(`courier`,this.building.couriers.filter(({enabled:e})=>e).map(({courier:e,name:t})=>({value:e,label:t})))}
        ${this.building.doors.length>1?this.named(`door`,[{value:void 0,label:`–`},...this.building.doors.map(({door:e,name:t})=>({value:e,label:t}))]):t}
        <label class="field"
          >${this.say(`orders_count`)}
          <input
            type="number"
            min="1"
            max=${Yt}
            .value=${String(r.most_per_day??Jt)}
            @change=${e=>this.count(e)}
        /></label>
      </div>`,{main:C(this.say(`orders_give`),()=>void this.give(e),{kind:`main`,disabled:!o||this.busy}),other:C(this.say(`cancel`),s,{kind:`text`})},s)}named(e,t){return x(this.say(`orders_${e}`),this.draft[e],t,t=>{let{[e]:n,...r}=this.draft;this.draft=t===void 0?r:{...r,[e]:t}})}async open(e){let{building:t}=this.building;this.draft={},await this.act(async()=>{let n=await this.access.orderSources(t,e.resident);t===this.building.building&&(this.sources=n)})}choose(e,t){let{device:n,sensor:r,...i}=this.draft,a=e.devices.some(({device:e})=>e===t);this.draft={...i,...a?{device:t}:{sensor:t}}}count(e){let t=Math.round(Number(e.target.value))||Jt;this.draft={...this.draft,most_per_day:Math.min(Yt,Math.max(1,t))}}async give(e){if(this.busy)return;let{building:t}=this.building;this.busy=!0;let n=await this.act(()=>this.access.setOrder(t,e.resident,this.draft),this.say(`orders_given`));this.busy=!1,n&&t===this.building.building&&(this.sources=void 0),await this.load()}async pause({order:e,is_paused:t,resident:n}){n!==void 0&&(await this.act(()=>this.access.setOrder(this.building.building,n,{order:e,paused:!t})),await this.load())}async withdraw({order:e}){await this.act(()=>this.access.withdrawOrder(this.building.building,e),this.say(`orders_withdrawn`)),await this.load()}};m([e()],U.prototype,`orders`,void 0),m([e()],U.prototype,`sources`,void 0),m([e()],U.prototype,`draft`,void 0),m([e()],U.prototype,`busy`,void 0),U=m([o(`courier-access-orders`)],U);var W=class extends D{static{this.styles=[D.styles,r`
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
    `]}render(){let{pin:e,short_code:n,link:r,qr:i,starts_at:a,ends_at:o}=this.made;return p`
      <div class="status good" role="status">
        <h3>${this.words.say(`page_pass`)}</h3>
        <p>${this.words.say(`page_pass_pin`)} <span class="code" data-pin>${e}</span></p>
        <p>${this.words.say(`page_pass_code`)} <span class="code short">${n}</span></p>
        ${r?p`<p class="link">${this.words.say(`page_pass_link`)} <a href=${r}>${r}</a></p>`:t}
        ${i?p`<svg
              viewBox="0 0 ${i.side} ${i.side}"
              role="img"
              aria-label=${this.words.say(`page_pass_qr`)}
              shape-rendering="crispEdges"
            >
              ${re`<path d=${i.path} />`}
            </svg>`:t}
        <p>${this.words.span(a,o)}</p>
        <p>${this.words.say(`page_pass_says`)}</p>
        <p class="soft">${this.words.say(`page_said_make_pass`)}</p>
        <div class="row">
          ${C(this.say(`share`),()=>void this.share(),{kind:`main`})}
          ${C(this.say(`close`),()=>this.close())}
          ${C(this.say(`revoke`),()=>void this.revoke(),{kind:`stop`})}
        </div>
      </div>
    `}async share(){let{words:e,delivery:t,made:n}=this,r=Kt(n,{title:e.say(`page_at`,{courier:t.courier,door:t.door}),window:e.span(n.starts_at,n.ends_at),pin:e.say(`page_pass_pin`),code:e.say(`page_pass_code`)});try{if(typeof navigator.share==`function`)return await navigator.share({text:r});await Xt(r),this.tell({text:this.say(`copied`)})}catch(t){t.name!==`AbortError`&&this.tell({text:e.refusal(t)})}}async revoke(){await this.act(()=>this.access.revokePass(this.building.building,this.made.pass),this.words.say(`page_said_revoke_pass`))&&this.close()}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};m([_({attribute:!1})],W.prototype,`delivery`,void 0),m([_({attribute:!1})],W.prototype,`made`,void 0),W=m([o(`courier-access-pass`)],W);async function Xt(e){if(navigator.clipboard)return navigator.clipboard.writeText(e);let t=document.body.appendChild(document.createElement(`textarea`));t.value=e,t.select();let n=document.execCommand(`copy`);if(t.remove(),!n)throw Error(e)}var Zt=[6,12,18],Qt=60;function $t(e,{starts_at:t,ends_at:n},r){let[i,a,o]=[t,n,new Date(r).toISOString()].map(t=>e.wall(t)),s=i.day<o.day&&o.day<=a.day?o.day:i.day;return{day:s,from:i.day<s?0:d(i.time),to:a.day>s?g:d(a.time),now:o.day===s?d(o.time):void 0}}function en(e,n){let{from:r,to:i,now:a}=$t(e,n,Date.now()),o=e=>`${e/g*100}%`;return p`
    <div class="day-bar" aria-hidden="true">
      <div class="bar">
        <span class="span" style="inset-inline-start: ${o(r)}; inline-size: ${o(i-r)}"></span>
        ${a===void 0?t:p`<span class="now" style="inset-inline-start: ${o(a)}"></span>`}
      </div>
      ${Zt.map(t=>p`<span class="hour" style="inset-inline-start: ${o(t*Qt)}">${e.clock(t*Qt)}</span>`)}
    </div>
  `}var tn=r`
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
`,nn=`new`,G=class extends D{constructor(...e){super(...e),this.busy=!1}static{this.styles=[D.styles,tn,r`
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
    `]}disconnectedCallback(){super.disconnectedCallback(),this.made=this.edited=void 0}render(){let e=this.building.expected;return p`
      <div class="row head">
        <h2 class="grow">${this.words.say(`page_expected`)}</h2>
        ${this.mayExpect&&!this.edited?C(this.words.say(`page_expect`),()=>this.edited=nn,{kind:`main`,icon:`add`}):t}
      </div>
      ${this.form()}
      ${e.length===0?p`<section>${y(`parcel`,this.say(`expected_none`))}</section>`:p`<ul>
            ${Te(e,rn,e=>this.delivery(e))}
          </ul>`}
      <courier-access-orders
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-orders>
    `}delivery(e){return p`
      <li>
        <p><strong>${this.words.say(`page_at`,{courier:e.courier,door:e.door})}</strong></p>
        <p>${this.words.span(e.starts_at,e.ends_at)}</p>
        ${en(this.words,e)}
        ${e.units?this.details(e):p`<p class="soft">${this.say(`expected_others`)}</p>`}
        ${e.units?this.own(e):t}
      </li>
    `}details({units:e=[],parcel_ref:t,entries_left:n}){let r=[...k(this.building).length>1?e.map(e=>this.words.say(`notification_unit`,{unit:e})):[],...t?[this.words.say(`notification_parcel`,{parcel:t})]:[],...n===void 0||n<2?[]:[this.say(`entries_left`,{count:n})]];return p`<p class="soft">${r.join(` `)}</p>`}get mayExpect(){return k(this.building).filter(e=>!e.waits_for_confirmation).length>0&&Gt(this.building).length>0}form(){let{edited:e}=this;if(!e||!this.mayExpect)return t;let n=e===nn?void 0:e,r=n&&this.words.say(`page_at`,{courier:n.courier,door:n.door});return p`
      <section>
        <h3>${r?`${this.words.say(`page_change`)}: ${r}`:this.words.say(`page_expect`)}</h3>
        ${be(n?rn(n):nn,p`<courier-access-expect
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
            .delivery=${n}
            @ca-close=${()=>this.edited=void 0}
          ></courier-access-expect>`)}
      </section>
    `}own(e){let n=rn(e),{made:r}=this;return r?.key===n?p`<courier-access-pass
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${e}
        .made=${r.pass}
        @ca-close=${()=>this.made=void 0}
      ></courier-access-pass>`:p`
      <div class="row">
        ${C(this.words.say(`page_pass`),()=>void this.pass(e),{disabled:this.busy})}
        ${e.is_mine?C(this.words.say(`page_change`),()=>this.edited=e):t}
        <courier-access-veto
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${e}
        ></courier-access-veto>
      </div>
      ${e.passes?.map(({pass:e,made_at:t})=>p`<p>
            ${C(this.words.say(`page_revoke_pass`,{time:this.words.moment(t)}),()=>void this.revoke(e),{kind:`stop`})}
          </p>`)}
    `}async pass(e){let{courier_id:t,grant_id:n}=e;t===void 0||n===void 0||this.busy||(this.busy=!0,await this.act(async()=>{let r=await this.access.makePass(this.building.building,t,n);this.isConnected&&(this.made={key:rn(e),pass:r})}),this.busy=!1)}revoke(e){return this.act(()=>this.access.revokePass(this.building.building,e),this.words.say(`page_said_revoke_pass`))}};m([e()],G.prototype,`edited`,void 0),m([e()],G.prototype,`made`,void 0),m([e()],G.prototype,`busy`,void 0),G=m([o(`courier-access-deliveries`)],G);function rn({courier_id:e,grant_id:t,courier:n,starts_at:r},i){return t===void 0?`${n} ${r} ${i}`:`${e} ${t}`}var an={},on=ge(class extends ye{constructor(){super(...arguments),this.ot=an}render(e,t){return t()}update(e,[t,n]){if(Array.isArray(t)){if(Array.isArray(this.ot)&&this.ot.length===t.length&&t.every((e,t)=>e===this.ot[t]))return i}else if(this.ot===t)return i;return this.ot=Array.isArray(t)?Array.from(t):t,this.render(t,n)}}),sn=24,cn=60,ln=[0,6,12,18],un=.2;function dn(e){let t=e.flat().reduce((e,t)=>e+t,0),n=Math.max(0,...e.flat()),r=e.findIndex(e=>e.includes(n)),i=e[r]?.indexOf(n)??0;return t>0?{day:r,hour:i,count:n,total:t}:void 0}var fn=class extends D{constructor(...e){super(...e),this.news=0}static{this.styles=[D.styles,r`
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
    `]}willUpdate(e){let t=e.get(`building`),n=t!==void 0&&t.building!==this.building.building;n&&(this.found=void 0),(n||e.has(`news`)||!this.hasUpdated)&&this.read()}async read(){let{building:e}=this.building;try{let t=await this.access.visits(e);e===this.building.building&&(this.found=t)}catch{}}render(){let{found:e}=this,n=e&&dn(e.visits);if(!n)return t;let r=this.say(`plot_busiest`,{day:this.words.date(`2024-01-0${n.day+1}`,{weekday:`long`}),hours:this.hour(n.hour),count:n.count,total:n.total,days:e.days});return R(this.say(`plot`),r,p`${this.map(e,n)} ${this.table(e)}`)}map({visits:e},n){return p`
      <div class="plot" aria-hidden="true">
        <div>${e.map((e,t)=>p`<div>${A(this.words,t)}</div>`)}</div>
        <svg viewBox="0 0 ${sn} ${e.length}" preserveAspectRatio="none">
          ${e.map((e,r)=>e.map((e,i)=>re`<rect
                class=${e?`some`:`none`} x=${i+.05} y=${r+.06} width="0.9" height="0.88"
                fill-opacity=${e?un+.8*(e/n.count):t}
              />`))}
        </svg>
        <div class="hours soft">${ln.map(e=>p`<span>${this.words.clock(e*cn)}</span>`)}</div>
      </div>
    `}table({visits:e}){let t=Array.from({length:sn},(e,t)=>t).filter(t=>e.some(e=>e[t])),[n=0,r=0]=[t[0],t.at(-1)],i=Array.from({length:r-n+1},(e,t)=>n+t);return p`
      <div class="quiet">
        <table>
          <caption>
            ${this.say(`plot`)}
          </caption>
          <tr>
            <th scope="col">${this.words.say(`page_day`)}</th>
            ${i.map(e=>p`<th scope="col">${this.hour(e)}</th>`)}
          </tr>
          ${e.map((e,t)=>p`<tr>
              <th scope="row">${this.words.date(`2024-01-0${t+1}`,{weekday:`long`})}</th>
              ${i.map(t=>p`<td>${e[t]}</td>`)}
            </tr>`)}
        </table>
      </div>
    `}hour(e){return this.words.hours(e*cn,(e+1)*cn)}};m([_({type:Number})],fn.prototype,`news`,void 0),m([e()],fn.prototype,`found`,void 0),fn=m([o(`courier-access-plot`)],fn);var pn=500,mn=class extends D{constructor(...e){super(...e),this.busy=!1}render(){return p`
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
          ${[[`page_take_entries_says`,`page_take_entries_link`,()=>this.takeSheet()],[`page_take_says`,`page_take_link`,()=>this.takeRecord()],[`page_take_verifier_says`,`page_take_verifier_link`,()=>this.takeVerifier()]].map(([e,t,n])=>p`
              <li>
                <p>${this.words.say(e)}</p>
                ${C(this.words.say(t),()=>void this.working(n),{disabled:this.busy})}
              </li>
            `)}
        </ul>
      </section>
    `}async takeSheet(){let e=[],t;do{let n=await this.access.sheet(this.building.building,this.words.language,t);e.push(n.csv),t=n.next??void 0}while(t!==void 0);hn(`courier-access.csv`,`text/csv`,e)}async takeRecord(){let{building:e,name:t}=this.building,n=await this.access.records(e,0),r=n.head.record,i=[],a=r+1;for(;a!==null;){let t=await this.access.entries(e,{limit:pn,before:a});i.push(...t.entries),a=t.next}let o=[...n.records];for(;n.next!==null;)n=await this.access.records(e,n.next),o.push(...n.records);let s={about:this.words.say(`page_take_says`),building:t,exported_at:(/* @__PURE__ */ new Date()).toISOString(),entries_up_to:r,entries:i,records:o,head:n.head};hn(`courier-access.json`,`application/json`,[JSON.stringify(s,null,1)])}async takeVerifier(){let{name:e,program:t}=await this.access.verifier(this.building.building);hn(e,`text/x-python`,[t])}async working(e){this.busy=!0,await this.act(e),this.busy=!1}};m([e()],mn.prototype,`busy`,void 0),mn=m([o(`courier-access-record`)],mn);function hn(e,t,n){let r=URL.createObjectURL(new Blob(n,{type:t})),i=document.createElement(`a`);i.href=r,i.download=e,i.click(),URL.revokeObjectURL(r)}var gn={admitted:`check`,refused:`remove`,unknown:`unknown`};function _n(e,{decision:t,reason:n,outcome:r,door:i}){return[i,{refused:e.say(`notification_reason_${n}`),observed:e.say(`csv_observed`),admitted:r===null||r===`opened`?``:e.say(`csv_${r}`)}[t]].filter(Boolean).join(` · `)}function vn(e,n,r){let i=Fe(n);return p`
    <button class="visit" @click=${r}>
      <span class="result ${i}">${b(gn[i])}</span>
      <span class="grow">
        <span class="first">
          <span class="quiet">${e.say(`csv_${n.decision}`)}</span>
          <strong>${n.courier}</strong>
          <time class="soft" datetime=${n.at}>${e.time(n.at)}</time>
        </span>
        <span class="soft beneath">
          ${n.units?.length?p`<span class="yours">${e.say(`panel_yours`)}</span>`:t}
          ${_n(e,n)}
          ${n.picture?p`${b(`picture`)}<span class="quiet">${e.say(`panel_picture`)}</span>`:t}
        </span>
      </span>
    </button>
  `}var yn=r`
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
`,K=class extends D{constructor(...e){super(...e),this.code=``,this.busy=!1}static{this.styles=[D.styles,r`
      img {
        display: block;
        width: 100%;
        max-height: 60vh;
        /* Until it is loaded, room as most cameras need it. */
        aspect-ratio: auto 16 / 9;
        object-fit: contain;
        border-radius: 8px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.read()}async read(){try{this.code=await this.access.code(this.building.building,this.entry.record)}catch{}}willUpdate(e){let{picture:t}=this.entry;e.has(`entry`)&&e.get(`entry`)?.picture!==t&&this.find(t)}async find(e){if(this.picture=void 0,e)try{let t=await this.access.picture(e);this.entry.picture===e&&(this.picture=t)}catch{}}render(){let e=()=>void this.dispatchEvent(new CustomEvent(`ca-close`)),t={main:C(this.say(`verify`),()=>void this.verify(),{disabled:this.busy||!this.code}),other:C(this.say(`close`),e,{kind:`text`})};return w(this.entry.courier,this.details(),t,e)}details(){let{entry:e,words:n}=this;return p`
      <p>
        ${n.say(`notification_${xe(e)}`,{courier:e.courier,door:e.door,time:n.moment(e.at)})}
        ${e.units?.map(e=>n.say(`notification_unit`,{unit:e})).join(` `)}
      </p>
      ${this.picture?p`<img src=${this.picture} alt=${this.say(`picture`)} loading="lazy" @error=${()=>this.picture=void 0} />`:t}
      ${e.decision===`refused`?p`<p>${n.say(`notification_reason_${e.reason}`)}</p>`:t}
      ${e.proof===null||e.proof===`signed`?t:p`<p>${n.say(`page_proof`,{proof:n.say(`csv_${e.proof}`)})}</p>`}
      ${e.parcel_ref?p`<p>${n.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:t}
      ${e.driver_ref?p`<p>${n.say(`csv_driver`)}: ${e.driver_ref}</p>`:t}
      ${e.details_erased?p`<p class="soft">${n.say(`page_erased`)}</p>`:t}
      ${e.repeats>0?p`<p>${n.say(`page_repeats`,{count:e.repeats})}</p>`:t}
      ${e.completed_at?p`<p>${this.say(`completed`,{time:n.moment(e.completed_at)})}</p>`:t}
      ${e.notifications?.map(({resident:e,state:t})=>p`<p class="soft">${e??`–`}: ${this.say(`notification_${t}`)}</p>`)}
      <p class="soft receipt">
        ${this.say(`receipt`,{record:e.record})}${this.code?` · ${this.code.replace(/.{4}(?=.)/g,`$& `)}`:t}
      </p>
      ${this.found?this.verdict(this.found):t}
    `}verdict({intact:e,broken_at:n,notifications:r=[]}){return p`
      ${e?t:O(`error`,this.words.say(`page_checked_broken`,{record:n??0}))}
      ${r.map(({record:e,standing:t})=>O(t===`unchanged`?`success`:`error`,this.words.say(`page_standing_${t}`,{record:e})))}
    `}async verify(){this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,`${this.entry.record} · ${this.code}`)}),this.busy=!1}};m([_({attribute:!1})],K.prototype,`entry`,void 0),m([e()],K.prototype,`code`,void 0),m([e()],K.prototype,`found`,void 0),m([e()],K.prototype,`busy`,void 0),m([e()],K.prototype,`picture`,void 0),K=m([o(`courier-access-visit`)],K);var bn=50,xn=[`admitted`,`refused`,`observed`],q=class extends D{constructor(...e){super(...e),this.news=0,this.failure=``,this.next=null,this.courier=``,this.decision=``,this.begun=0,this.renewals=0}static{this.styles=[D.styles,yn,r`
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
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building?(this.opened=void 0,this.filter({courier:``})):this.courier&&this.building.couriers.every(({courier:e})=>e!==this.courier)?this.filter({courier:``}):e.has(`news`)&&this.renew()}render(){return p`
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
    `}details(){let{opened:e}=this;if(!e)return t;let n=this.pages?.flat().find(({record:t})=>t===e.record)??e;return p`<courier-access-visit
      .words=${this.words} .access=${this.access} .building=${this.building} .entry=${n}
      @ca-close=${()=>this.close(e)}
    ></courier-access-visit>`}close({record:e}){this.opened=void 0,this.renderRoot.querySelector(`[data-record="${e}"] button`)?.focus()}filters(){let{couriers:e}=this.building,n={value:``,label:this.say(`all`)},r=xn.map(e=>({value:e,label:je(this.words.say(`csv_${e}`),this.words.language)})),i=e.map(({courier:e,name:t})=>({value:e,label:t}));return p`
      ${v(this.words.say(`csv_decision`),this.decision,[n,...r],e=>this.filter({decision:e}))}
      ${e.length>1?v(this.words.say(`csv_courier`),this.courier,[n,...i],e=>this.filter({courier:e})):t}
    `}list(){let{pages:e}=this;if(e===void 0)return this.failure?O(`error`,this.failure,C(this.words.say(`page_door_look`),()=>this.begin())):pe(this.say(`loading`));if(e.length===0)return y(`parcel`,this.words.say(`page_came_none`));let{day:n}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return p`
      ${Te(e,(e,t)=>t===0?`newest`:e.at(-1)?.record,(t,r)=>{let i=e[r-1]?.at(-1);return p`
            <div class="page" aria-live=${r===0?`polite`:`off`} aria-relevant="additions">
              ${on([t,i,n,this.words],()=>this.page(t,i&&this.dayOf(i),n))}
            </div>
          `})}
      ${this.next===null?t:p`<p id="more">${C(this.say(`more`),()=>void this.more())}</p>`}
    `}page(e,n,r){return Ie(e,e=>this.dayOf(e)).map(([e,i])=>p`
        ${e===n?t:p`<h3>${De(this.words,e,r)}</h3>`}
        <ul>
          ${Te(i,e=>e.record,e=>p`<li data-record=${e.record}>${vn(this.words,e,()=>this.opened=e)}</li>`)}
        </ul>
      `)}dayOf({at:e}){return this.words.wall(e).day}filter(e){this.courier=e.courier??this.courier,this.decision=e.decision??this.decision,this.begin()}begin(){this.begun++,this.failure=``,this.pages=void 0,this.next=null,this.renew()}async renew(){let e=++this.renewals;await this.take(void 0,({entries:t,next:n})=>{e===this.renewals&&(this.pages=Me(this.pages??[],t,n!==null),this.pages.length<=1&&(this.next=n))})}async more(){let e=this.next;e!==null&&await this.take(e,({entries:t,next:n})=>{e===this.next&&(this.pages=Pe(this.pages??[],e,t),this.next=n)})}async take(e,t){let{begun:n}=this;try{let r=await this.access.entries(this.building.building,this.wanted(e));n===this.begun&&t(r)}catch(e){if(n!==this.begun)return;let t=this.words.refusal(e);this.pages===void 0?this.failure=t:this.tell({text:t})}}wanted(e){return{limit:bn,...e!==void 0&&{before:e},...this.courier&&{courier:this.courier},...this.decision&&{decision:this.decision}}}};m([_({type:Number})],q.prototype,`news`,void 0),m([e()],q.prototype,`pages`,void 0),m([e()],q.prototype,`failure`,void 0),m([e()],q.prototype,`next`,void 0),m([e()],q.prototype,`courier`,void 0),m([e()],q.prototype,`decision`,void 0),m([e()],q.prototype,`opened`,void 0),q=m([o(`courier-access-entries`)],q);var Sn=class extends D{constructor(...e){super(...e),this.code=``}static{this.styles=[D.styles,r`
      .code {
        font-size: 1.6rem;
        font-weight: 500;
        letter-spacing: 0.12em;
      }
    `]}willUpdate(e){let t=e.get(`resident`);t&&t.resident!==this.resident.resident&&(this.code=``)}render(){let e=this.resident.has_address_code;return R(this.say(`address_code`),e?this.say(`address_code_set`):this.say(`address_code_not_set`),p`
        <p class="soft">${this.say(`address_code_says`)}</p>
        ${this.code?p`<div role="status">
              <p class="code">${this.code}</p>
              <p>${this.say(`address_code_new`)}</p>
            </div>`:p`<p>${e?this.say(`address_code_has`):this.say(`address_code_none`)}</p>`}
        ${C(this.say(`renew`),()=>void this.renew())}
      `)}async renew(){await this.act(async()=>{let e=await this.access.renewAddressCode(this.building.building,this.resident.resident);this.code=e.address_code})}};m([_({attribute:!1})],Sn.prototype,`resident`,void 0),m([e()],Sn.prototype,`code`,void 0),Sn=m([o(`courier-access-address-code`)],Sn);var Cn=class{constructor(e,t,n,r,i){this.access=e,this.building=t,this.resident=n,this.show=r,this.refused=i,this.queue=Promise.resolve(),this.waiting=0}async load(){if(!this.waiting)try{let e=await this.access.rules(this.building,this.resident);this.waiting||this.take(e)}catch(e){this.refused(e)}}async change(e,t=!1){let n=this.kept;if(!n)return!1;this.waiting++;let{consent:r,...i}=e;this.take({...n,...i,consent:Tn(r,n.consent)});let a=this.queue.then(()=>this.send(e,n,t));return this.queue=a,a}async undo(){let e=this.last;this.last=void 0,e&&await this.change(e,!0)}async send(e,t,n){let r=this.kept?.revision??t.revision;try{let i=await this.access.setRules(this.building,this.resident,r,e);return n||(this.last=wn(t,e)),this.waiting--,this.waiting&&this.kept?this.kept={...this.kept,revision:i.revision}:this.take(i),!0}catch(e){return this.waiting--,this.refused(e),await this.load(),!1}}take(e){this.kept=e,this.show(e)}};function wn(e,t){let n=Object.keys(t).filter(e=>e!==`consent`);return Object.fromEntries(n.map(t=>[t,e[t]]))}function Tn(e,t){return e===void 0?t:e?`given`:`withdrawn`}function En(e,t,n){let{[t]:r,...i}=e;return n===void 0?i:{...i,[t]:n}}var Dn=[`allow`,`ask`,`deny`],J=class extends n{constructor(...e){super(...e),this.couriers=[]}static{this.styles=[T,r`
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
    `]}render(){return p`
      <p class="soft">${this.say(`couriers_says`)}</p>
      <ul>
        ${this.rows.map(e=>this.row(e))}
      </ul>
      ${this.chosen?this.proofs(this.chosen):t}
    `}say(e){return this.words.say(`panel_${e}`)}get rows(){let{rules:e}=this;return[{name:this.say(`by_default`),attitude:e.default,proof:e.default_proof},...this.couriers.map(({courier:t,name:n})=>({name:n,courier:t,attitude:e.couriers[t]??e.default,proof:e.proofs[t]??e.default_proof,isOwn:t in e.couriers||t in e.proofs}))]}row(e){let n=this.say(`as_default`);return p`
      <li>
        <div class="row name">
          <h3 class="grow">${e.name}</h3>
          ${e.isOwn?C(n,()=>this.reset(e),{kind:`text`,name:`${e.name}: ${n}`}):t}
        </div>
        ${_e(e.name,e.attitude,Dn.map(e=>({value:e,label:this.say(`attitude_${e}`)})),t=>this.decide(e,t))}
        ${e.attitude===`allow`?p`<button class="proof" aria-haspopup="dialog" @click=${()=>this.chosen=e}>
              <span class="grow"
                ><span class="quiet">${e.name}: </span>${this.say(`proof`)}: ${this.say(`proof_${e.proof}`)}</span
              >${b(`after`)}
            </button>`:t}
      </li>
    `}proofs(e){let t=()=>this.chosen=void 0;return w(e.name,p`<div class="choices" role="radiogroup" aria-label=${this.say(`proof`)}>
        <p class="soft">${this.say(`proof`)}</p>
        ${de.map(t=>p`<label
            ><input type="radio" name="proof" .checked=${t===e.proof} @change=${()=>this.prove(e,t)} />
            <span>${this.say(`proof_${t}`)}</span></label
          >`)}
      </div>`,{main:C(this.say(`close`),t,{kind:`text`})},t)}decide({courier:e},t){this.emit(e===void 0?{default:t}:{couriers:En(this.rules.couriers,e,t)})}prove({courier:e},t){this.chosen=void 0,this.emit(e===void 0?{default_proof:t}:{proofs:En(this.rules.proofs,e,t)})}reset({courier:e=``}){let{couriers:t,proofs:n}=this.rules;this.emit({...e in t&&{couriers:En(t,e,void 0)},...e in n&&{proofs:En(n,e,void 0)}})}emit(e){this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:e,bubbles:!0,composed:!0}))}};m([_({attribute:!1})],J.prototype,`words`,void 0),m([_({attribute:!1})],J.prototype,`couriers`,void 0),m([_({attribute:!1})],J.prototype,`rules`,void 0),m([e()],J.prototype,`chosen`,void 0),J=m([o(`courier-access-attitudes`)],J);function On(e,t,n){let[r,...i]=t.filter(e=>(e.to??e.from)>=n).sort((e,t)=>e.from<t.from?-1:1);return r?kn(e,r)+(i.length?` +${i.length}`:``):e.say(`panel_days_off_none`)}function kn(e,{from:t,to:n}){let r=t=>e.date(t,{day:`numeric`,month:`short`,year:`numeric`});return n===void 0||n===t?r(t):e.say(`page_from_to`,{first:r(t),last:r(n)})}function An(e,t){return Le(t)?e.say(`page_closed`):(t.windows??[]).map(({from:t,to:n})=>e.hours(d(t),d(n))).join(`, `)}function jn(e,t,n){let r=t.flatMap(({courier:t,name:r})=>{let i=n.couriers[t];return i&&i!==n.default?`${r}: ${e.say(`panel_attitude_${i}`)}`:[]});return[`${e.say(`panel_by_default`)}: ${e.say(`panel_attitude_${n.default}`)}`,...r].join(` · `)}function Mn(e,t){let n=t.digest_at;return[e.say(t.share_hours?`panel_hours_shared`:`panel_hours_private`),n===null?e.say(`panel_digest_none`):e.say(`panel_digest_daily`,{time:e.clock(d(n))})].join(` · `)}var Nn={first:``,last:``,from:``,to:``},Y=class extends n{constructor(...e){super(...e),this.exceptions=[],this.today=``,this.month=``,this.tapped=`single`,this.first=``}static{this.styles=[T,r`
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
    `]}render(){return p`
      ${_e(this.say(`days_off`),this.tapped,[{value:`single`,label:this.say(`days_single`)},{value:`range`,label:this.say(`days_range`)}],e=>{this.tapped=e,this.first=``})}
      <p class="soft" aria-live="polite">${this.hint}</p>
      ${this.calendar(this.month||this.today.slice(0,7))} ${this.others()}
      ${C(this.say(`other_hours`),()=>this.entered=Nn,{icon:`add`})}
      ${this.entered?this.otherHours(this.entered):t}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}get hint(){return this.tapped===`single`?this.say(`days_off_says`):this.first?this.say(`days_last_tap`):this.say(`days_first_tap`)}calendar(e){let t=this.words.date(`${e}-01`,{month:`long`,year:`numeric`}),n=[`01`,`02`,`03`,`04`,`05`,`06`,`07`].map(e=>`2024-01-${e}`),r=e<=this.today.slice(0,7);return p`
      <div class="row month">
        ${E(`before`,this.say(`month_before`),()=>this.month=Ce(e,-1),r)}
        <span class="grow" aria-live="polite">${t}</span>
        ${E(`after`,this.say(`month_after`),()=>this.month=Ce(e,1))}
      </div>
      <table aria-label=${t}>
        <thead>
          <tr>
            ${n.map(e=>p`<th scope="col" abbr=${this.words.date(e,{weekday:`long`})}>
                  ${this.words.date(e,{weekday:`narrow`})}
                </th>`)}
          </tr>
        </thead>
        <tbody>
          ${Ae(e,1).map(e=>p`<tr>${e.map(e=>p`<td>${this.cell(e)}</td>`)}</tr>`)}
        </tbody>
      </table>
    `}cell(e){if(!e)return t;let n=ke(this.exceptions,e),r=n!==void 0&&Le(n),i=this.words.date(e,{weekday:`long`,day:`numeric`,month:`long`}),a=[n&&!r&&`other`,e===this.today&&`today`,e===this.first&&`first`];return p`
      <button
        data-date=${e}
        class=${a.filter(Boolean).join(` `)}
        aria-pressed=${r}
        aria-label=${r?this.say(`day_off`,{date:i}):i}
        aria-current=${e===this.today?`date`:t}
        ?disabled=${e<this.today}
        @click=${()=>this.tap(e)}
      >
        ${Number(e.slice(8))}
      </button>
    `}tap(e){let{first:t}=this;this.tapped===`single`?this.emit(Ne(this.exceptions,e)):t?(this.first=``,this.emit(we(this.exceptions,t,e))):this.first=e}others(){let e=this.exceptions.filter(e=>(e.to??e.from)>=this.today);return e.length?p`<ul>
          ${e.map(e=>this.line(e))}
        </ul>`:t}line(e){let t=kn(this.words,e),n=An(this.words,e);return p`
      <li class="row">
        <span class="grow">${this.words.say(`page_hours_line`,{days:t,hours:n})}</span>
        ${E(`remove`,this.say(`remove_named`,{name:t}),()=>this.emit(this.exceptions.filter(t=>t!==e)))}
      </li>
    `}otherHours(e){let t=t=>this.entered={...e,...t},{first:n,last:r,from:i,to:a}=e,o=r&&r<n||i&&a&&Pn(a)<=i,s=n&&!!i==!!a&&!o;return w(this.say(`other_hours`),p`
        <div class="fields">
          ${Re(this.home,this.say(`first_day`),n,e=>t({first:e}),{min:this.today})}
          ${Re(this.home,this.say(`last_day`),r,e=>t({last:e}),{min:n||this.today})}
          <div class="row">
            ${S(this.home,this.say(`from`),i,e=>t({from:e}))}
            ${S(this.home,this.say(`to`),a,e=>t({to:e}))}
          </div>
        </div>
        ${o?O(`error`,this.say(`ends_early`)):p`<p class="soft">${this.say(`other_hours_says`)}</p>`}
      `,{main:C(this.say(`save`),()=>this.add(e),{kind:`main`,disabled:!s}),other:C(this.say(`cancel`),()=>this.entered=void 0,{kind:`text`})},()=>this.entered=void 0)}add({first:e,last:t,from:n,to:r}){let i=n&&r?[{from:n,to:Pn(r)}]:[];this.entered=void 0,this.emit(Ee(this.exceptions,{from:e,to:t||e,...i.length&&{windows:i}}))}emit(e){let t=e.filter(e=>(e.to??e.from)<this.today),n=e.filter(e=>!t.includes(e));this.dispatchEvent(new CustomEvent(`ca-exceptions`,{detail:n,bubbles:!0,composed:!0}))}};m([_({attribute:!1})],Y.prototype,`home`,void 0),m([_({attribute:!1})],Y.prototype,`words`,void 0),m([_({attribute:!1})],Y.prototype,`exceptions`,void 0),m([_()],Y.prototype,`today`,void 0),m([e()],Y.prototype,`month`,void 0),m([e()],Y.prototype,`tapped`,void 0),m([e()],Y.prototype,`first`,void 0),m([e()],Y.prototype,`entered`,void 0),Y=m([o(`courier-access-days-off`)],Y);function Pn(e){return e===`00:00`?`24:00`:e}var Fn=[`binary_sensor`,`calendar`,`device_tracker`,`group`,`input_boolean`,`person`,`schedule`,`switch`],X=class extends n{constructor(...e){super(...e),this.entities=[],this.name=``,this.heading=``}static{this.styles=[T,r`
      :host {
        margin-block-start: 16px;
      }
    `]}render(){return p`
      ${me(this.home,this.heading,Fn,[...this.entities,...this.ours],e=>this.emit([...this.entities,e]))}
      <ul>
        ${this.entities.map(e=>p`
            <li class="row">
              <span class="grow">${this.nameOf(e)}</span>
              ${E(`remove`,this.words.say(`panel_remove_named`,{name:this.nameOf(e)}),()=>this.emit(this.entities.filter(t=>t!==e)))}
            </li>
          `)}
      </ul>
    `}get ours(){return Object.entries(this.home.entities??{}).flatMap(([e,t])=>t?.platform===`courier_access`?e:[])}nameOf(e){return this.home.states[e]?.attributes.friendly_name??e}emit(e){let t={[this.name]:e};this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:t,bubbles:!0,composed:!0}))}};m([_({attribute:!1})],X.prototype,`home`,void 0),m([_({attribute:!1})],X.prototype,`words`,void 0),m([_({attribute:!1})],X.prototype,`entities`,void 0),m([_()],X.prototype,`name`,void 0),m([_()],X.prototype,`heading`,void 0),X=m([o(`courier-access-linked`)],X);var Z=class extends D{constructor(...e){super(...e),this.chosen=``,this.sending=0}willUpdate(e){let t=this.resident;if(!t)return;let n=e.get(`building`);!this.draft||this.draft.resident!==t.resident?(this.rules=void 0,this.draft=new Cn(this.access,this.building.building,t.resident,e=>this.rules=e,e=>this.tell({text:this.words.refusal(e)})),this.draft.load()):n&&this.draft.load()}render(){let{resident:e,rules:n}=this;return e?n?p`
      ${k(this.building).length>1?this.choice():t}
      <div
        aria-busy=${this.sending>0}
        @ca-rules=${e=>this.change(e.detail)}
        @ca-consent=${e=>this.change({consent:e.detail})}
        @ca-week=${e=>this.change({windows:l(e.detail)})}
        @ca-exceptions=${e=>this.change({exceptions:e.detail})}
      >
        ${n.consent===`given`?t:p`<section>
              <h2>${this.words.say(`page_consent`)}</h2>
              ${this.consent(n)}
            </section>`}
        ${this.week(le(f(n.windows)))}
        ${R(this.say(`days_off`),On(this.words,n.exceptions,this.today),p`<courier-access-days-off
            .home=${this.home}
            .words=${this.words}
            .exceptions=${n.exceptions}
            today=${this.today}
          ></courier-access-days-off>`)}
        ${this.couriers(n)}
        ${e.waits_for_confirmation||n.consent!==`given`?t:p`<courier-access-address-code
              .words=${this.words}
              .access=${this.access}
              .building=${this.building}
              .resident=${e}
            ></courier-access-address-code>`}
        ${this.conditions(n)} ${this.sharing(n)}
        ${n.consent===`given`?R(this.words.say(`page_consent`),p`<span data-consent="given">${this.words.say(`page_consent_given`)}</span>`,this.consent(n)):t}
      </div>
    `:p`<section>${pe(this.say(`loading`))}</section>`:p`<section>${y(`locked`,this.say(`no_residence`))}</section>`}week(e){let n=ae(e);return R(this.words.say(`page_hours_heading`),Ue(this.words,e),p`
        ${this.elsewhere()}
        ${v(this.words.say(`page_hours_heading`),n,Object.keys(ne).map(e=>({value:e,label:this.presetName(e)})),e=>void this.change({windows:l(ne[e])}))}
        <courier-access-week .home=${this.home} .words=${this.words} .spans=${e}></courier-access-week>
        ${e.length?t:p`<p>${this.words.say(`page_hours_none`)}</p>`}
      `,!0)}presetName(e){let[t]=ne[e],n=t&&e!==`always`?` ${this.words.hours(t.from,t.to)}`:``;return this.say(`week_${e}`)+n}get resident(){return k(this.building).find(({resident:e})=>e===this.chosen)??k(this.building)[0]}get today(){return new Intl.DateTimeFormat(`en-CA`,{timeZone:this.words.zone}).format(/* @__PURE__ */ new Date)}choice(){return p`
      <section>
        ${x(this.say(`which_unit`),this.resident?.resident,k(this.building).map(({resident:e,unit:t})=>({value:e,label:t})),e=>this.chosen=e)}
      </section>
    `}consent(e){return p`<courier-access-consent .words=${this.words} consent=${e.consent}></courier-access-consent>`}elsewhere(){return this.words.readerIsElsewhere?O(`warning`,this.say(`elsewhere`,{zone:this.words.zone})):t}couriers(e){return R(this.say(`couriers`),jn(this.words,this.building.couriers,e),p`<courier-access-attitudes
        .words=${this.words}
        .couriers=${this.building.couriers}
        .rules=${e}
      ></courier-access-attitudes>`)}conditions(e){let t=[...e.only_while,...e.never_while].map(e=>this.home.states[e]?.attributes.friendly_name??e);return R(this.say(`conditions`),t.join(`, `)||this.say(`conditions_none`),p`
        <p class="soft">${this.say(`conditions_says`)}</p>
        ${[`only_while`,`never_while`].map(t=>p`
            <courier-access-linked
              .home=${this.home}
              .words=${this.words}
              .entities=${e[t]}
              name=${t}
              heading=${this.say(t)}
            ></courier-access-linked>
          `)}
      `)}sharing(e){return R(this.say(`sharing`),Mn(this.words,e),p`
        <div class="fields">
          ${he(this.say(`share_hours`),e.share_hours,e=>void this.change({share_hours:e}))}
          ${S(this.home,this.say(`digest`),e.digest_at??``,e=>void this.change({digest_at:e||null}))}
        </div>
        <p class="soft">${this.say(`digest_says`)}</p>
      `)}async change(e){let{draft:t}=this;if(!t)return;this.sending++;let n=await t.change(e);if(this.sending--,!n)return;let r=e.consent!==void 0;this.tell({text:r?this.words.say(e.consent?`page_said_give_consent`:`page_said_withdraw_consent`):this.say(`kept`),...!r&&{undo:()=>void this.undo(t)}})}async undo(e){this.sending++,await e.undo(),this.sending--}};m([e()],Z.prototype,`chosen`,void 0),m([e()],Z.prototype,`rules`,void 0),m([e()],Z.prototype,`sending`,void 0),Z=m([o(`courier-access-hours`)],Z);var In=[`now`,`hours`,`entries`,`deliveries`],Ln=`building`,Rn=[`location-changed`,`popstate`],Q=class extends n{constructor(...e){super(...e),this.narrow=!1,this.chosen=``,this.following=new ce(this),this.locate=()=>{this.chosen=new URLSearchParams(location.search).get(`building`)??this.chosen}}static{this.styles=[T,r`
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
    `]}get hass(){return this.following.home}set hass(e){this.following.home=e}connectedCallback(){super.connectedCallback();for(let e of Rn)window.addEventListener(e,this.locate)}disconnectedCallback(){super.disconnectedCallback();for(let e of Rn)window.removeEventListener(e,this.locate);clearTimeout(this.fading)}willUpdate(e){e.has(`route`)&&this.locate()}choose(e){this.chosen=e,history.replaceState(history.state,``,`${location.pathname}?building=${e}`)}render(){let{words:e}=this.following;if(!e)return p``;let t=this.current;return p`
      <header>
        ${Oe(this.hass,this.narrow,e.say(`panel_menu`),()=>this.toggleMenu())}
        <h1 class="grow">${t?.name??e.say(`panel_sidebar`)}</h1>
        ${this.choice(e)}
      </header>
      ${t?this.views(e,t):p`<main>${this.nothing(e)}</main>`}
      <div role="status" aria-live="polite">${this.toast(e)}</div>
    `}get current(){let{all:e}=this.following;return e.find(({building:e})=>e===this.chosen)??e[0]}viewsOf(e){return $(e)?e.is_owner?k(e).length?[...In,Ln]:[Ln,...In.filter(e=>e!==`hours`)]:In:[Ln]}viewOf(e){let t=this.route?.path.replace(/^\//,``),n=this.viewsOf(e);return n.find(e=>e===t)??n[0]??`now`}nothing(e){if(this.following.failure)return O(`error`,this.following.failure);let t=e.say(this.following.absence);return this.following.buildings?y(`locked`,t):pe(t)}choice(e){let{all:n}=this.following;return n.length<2?t:x(e.say(`panel_which_building`),this.current?.building,n.map(({building:e,name:t})=>({value:e,label:t})),e=>this.choose(e))}views(e,n){let r=this.viewOf(n);return p`
      <nav aria-label=${e.say(`panel_sidebar`)}>
        ${this.viewsOf(n).map(n=>p`
            <a
              href="/courier-access/${n}"
              aria-current=${n===r?`page`:t}
              @click=${e=>this.go(e,n)}
              >${e.say(`panel_view_${n}`)}</a
            >
          `)}
      </nav>
      <main @ca-told=${e=>this.tell(e.detail)}>
        ${this.following.failure?O(`error`,this.following.failure):t}
        ${$(n)&&!this.following.isReady(n)?O(`warning`,e.say(`panel_not_ready`)):t}
        ${$(n)&&r!==Ln?this.shown(e,n,r):p`<courier-access-building
              .home=${this.hass} .words=${e} .access=${this.following.access} .building=${n}
              .news=${this.following.ownersNews} .whole=${$(n)}
            ></courier-access-building>`}
      </main>
    `}shown(e,t,n){let{home:r,access:i,news:a}=this.following;switch(n){case`now`:return p`<courier-access-now
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-now>`;case`hours`:return p`<courier-access-hours
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-hours>
          <courier-access-may-enter
            .home=${r} .words=${e} .access=${i} .building=${t}
            .couriers=${t.couriers.map(({courier:e,name:t})=>[e,t])}
            .doors=${t.doors.map(({door:e,name:t})=>[e,t])}
            .units=${zn(t)}
          ></courier-access-may-enter>`;case`entries`:return p`<courier-access-entries
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-entries>`;case`deliveries`:return p`<courier-access-deliveries
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-deliveries>`}}go(e,t){e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),history.pushState(null,``,`/courier-access/${t}`),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}})))}toggleMenu(){this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}tell(e){clearTimeout(this.fading),this.told=e,this.fading=setTimeout(()=>this.told=void 0,1e4)}toast(e){let{told:n}=this;return n?p`
      <div class="told">
        <span class="grow">${n.text}</span>
        ${n.undo?p`<button
              @click=${()=>{this.told=void 0,n.undo?.()}}
            >
              ${e.say(`panel_undo`)}
            </button>`:t}
      </div>
    `:t}};m([_({type:Boolean,reflect:!0})],Q.prototype,`narrow`,void 0),m([_({attribute:!1})],Q.prototype,`route`,void 0),m([e()],Q.prototype,`chosen`,void 0),m([e()],Q.prototype,`told`,void 0),Q=m([o(`courier-access-panel`)],Q);function $(e){return`doors`in e}function zn(e){return[...new Set(k(e).flatMap(e=>e.waits_for_confirmation?[]:e.unit))]}export{Q as Panel};