import{A as e,C as t,D as n,E as r,F as i,M as a,O as o,P as s,S as c,T as l,_ as u,a as ee,b as te,c as ne,d as re,f as ie,g as ae,h as oe,i as d,j as se,k as f,l as ce,m as le,n as ue,o as de,p,r as m,s as fe,t as pe,u as me,v as he,w as ge,x as _e,y as ve}from"./following-a740a8ae.js";import{$ as h,A as ye,B as g,C as be,D as xe,E as Se,F as Ce,G as _,H as v,I as y,J as we,K as b,L as Te,M as Ee,N as De,O as Oe,P as ke,Q as Ae,R as x,S as je,T as Me,U as S,V as C,W as Ne,X as w,Y as T,Z as Pe,_ as Fe,a as Ie,at as Le,b as Re,c as ze,d as Be,et as E,f as Ve,g as He,h as Ue,i as We,it as Ge,j as Ke,k as qe,l as D,m as Je,n as Ye,nt as O,o as Xe,p as Ze,q as Qe,r as $e,rt as et,s as tt,t as nt,tt as rt,u as it,v as at,w as ot,x as k,y as st,z as A}from"./now-e5a67c1b.js";var ct=`important`,lt=` !`+ct,ut=et(class extends Ge{constructor(e){if(super(e),e.type!==Le.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[t]){let{style:n}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let e of this.ft)t[e]??(this.ft.delete(e),e.includes(`-`)?n.removeProperty(e):n[e]=null);for(let e in t){let r=t[e];if(r!=null){this.ft.add(e);let t=typeof r==`string`&&r.endsWith(lt);e.includes(`-`)||t?n.setProperty(e,t?r.slice(0,-11):r,t?ct:``):n[e]=r}}return se}});function j(e,t){return e.date(`2024-01-0${t+1}`,{weekday:`short`})}function dt(e,t){let n=ae(t);return n===`always`||n===`none`?e.say(`panel_week_${n}`):fe(t).map(({days:t,windows:n})=>`${ft(e,t)} ${n.map(({from:t,to:n})=>e.hours(t,n)).join(`, `)}`).join(` · `)}function ft(e,t){return t.length===7?e.say(`page_every_day`):_e(t).map(([t,n])=>{let r=n===t+1?`, `:`–`;return t===n?j(e,t):j(e,t)+r+j(e,n)}).join(`, `)}var pt=10,mt=5,ht=60,gt=60,_t=44,vt={from:`08:00`,to:`18:00`},yt=[0,1,2,3,4],bt=[...yt,5,6],M=class extends f{constructor(...e){super(...e),this.spans=[]}static{this.styles=[g,i`
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
    `]}render(){let t=this.shown??this.spans;return a`
      <p class="soft">${this.say(`week_how`)}</p>
      <p class="quiet" id="keys">${this.say(`week_keys`)}</p>
      <div class="scale" aria-hidden="true">
        <div class="hours">
          ${[0,6,12,18,24].map(e=>a`<span style=${ut({"inset-inline-start":`${e/24*100}%`})}>${e}</span>`)}
        </div>
      </div>
      ${l.map((e,n)=>this.day(e,n,t))}
      ${this.edited?this.editor(this.edited):e}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}day(t,n,r){let i=this.words.say(`page_${t}`),o=r.filter(e=>e.day===n),s=o.map(({from:e,to:t})=>this.words.hours(e,t)),c=oe(o,s.map(e=>gt+_t*e.length));return a`
      <div class="day" role="group" aria-label=${i}>
        <span class="name" title=${i}>${j(this.words,n)}</span>
        <div class="place">
          <div
            class="track"
            data-day=${n}
            @pointerdown=${e=>this.begin(e,n)}
            @pointermove=${e=>this.follow(e)}
            @pointerup=${e=>this.end(e)}
            @pointercancel=${()=>this.leave()}
          >
            ${o.map(e=>this.window(e,i))}
            ${o.map((e,t)=>this.label(e,c[t],s[t]))}
          </div>
          ${this.held?.day===n?this.bubble(this.held):e}
        </div>
        ${T(`add`,this.say(`week_add`,{day:i}),()=>this.add(n))}
      </div>
    `}label({from:t,to:n},r,i){if(r===void 0||r===`nowhere`)return e;let o={in:{"inset-inline-start":N(t),width:N(n-t)},before:{"inset-inline-end":N(d-t)},after:{"inset-inline-start":N(n)}}[r];return a`<span class="label" aria-hidden="true" style=${ut(o)}>${i}</span>`}bubble({from:e,to:t}){let n=Math.min(d*.85,Math.max(d*.15,(e+t)/2));return a`<span class="bubble" aria-hidden="true" style=${ut({"inset-inline-start":N(n)})}
      >${this.words.hours(e,t)}</span
    >`}window(e,t){let n=this.chosen?.day===e.day&&this.chosen.from===e.from,r=e.from===0&&e.to===1440;return a`
      <button
        class="window ${n?`chosen`:``}"
        data-from=${ne(e.from)}
        data-to=${ne(e.to)}
        aria-haspopup="dialog"
        aria-describedby="keys"
        aria-label=${r?this.words.say(`page_hours_line`,{days:t,hours:this.say(`all_day`)}):this.say(`week_window`,{day:t,from:this.words.clock(e.from),to:this.words.clock(e.to)})}
        style=${ut({"inset-inline-start":N(e.from),width:N(e.to-e.from)})}
        @click=${()=>this.edit(e)}
        @keydown=${t=>this.key(t,e)}
      ></button>
    `}edit(e){let t=e.from===0&&e.to===1440,n=t?vt:{from:ne(e.from),to:ne(e.to%d)};this.chosen={day:e.day,from:e.from},this.edited={span:e,isWhole:t,...n,onto:[]}}editor(t){let{span:n,isWhole:r,from:i,to:o}=t,s=e=>this.edited={...t,...e},c=xt(t);return _(this.words.say(`page_${l[n.day]??`monday`}`),a`
        ${rt(this.say(`all_day`),r,e=>s({isWhole:e}))}
        ${r?e:a`<div class="row">
              ${E(this.home,this.say(`from`),i,e=>s({from:e}),{required:!0})}
              ${E(this.home,this.say(`to`),o,e=>s({to:e}),{required:!0})}
            </div>`}
        ${i&&o&&!c?C(`error`,this.say(`ends_early`)):e} ${this.copies(t,s)}
      `,{main:v(this.say(`save`),()=>c&&this.keep(t,c),{kind:`main`,disabled:!c}),other:v(this.say(`delete`),()=>this.keep(t,void 0),{kind:`stop`})},()=>this.edited=void 0)}copies({span:e,onto:t},n){let r=(r,i)=>{let o=i.filter(t=>t!==e.day),s=o.every(e=>t.includes(e)),c=t.filter(e=>!o.includes(e));return a`<button aria-pressed=${s} @click=${()=>n({onto:s?c:[...c,...o]})}>
        ${r}
      </button>`};return a`
      <h3 id="copy">${this.say(`copy`)}</h3>
      <div class="chips" role="group" aria-labelledby="copy">
        ${r(this.words.say(`page_every_day`),bt)} ${r(this.say(`workdays`),yt)}
        ${bt.filter(t=>t!==e.day).map(e=>r(j(this.words,e),[e]))}
      </div>
    `}keep({span:e,onto:t},n){let r=re(this.spans,e.day,e.from);this.edited=void 0,n?this.emit(ce(this.choose(r,n),e.day,t)):this.change(r,void 0),this.focusOn(e.day)}add(e){let t=te(this.spans,e);t&&this.change(void 0,t),this.focusOn(e)}key(e,t){let n=getComputedStyle(this).direction===`rtl`?`ArrowLeft`:`ArrowRight`,r=n===`ArrowLeft`?`ArrowRight`:`ArrowLeft`,i={[n]:15,[r]:-15}[e.key],a=t;if(i!==void 0)a=e.shiftKey?ve(t,`to`,t.to+i):le(t,t.day,t.from+i);else if(e.key===`ArrowDown`||e.key===`ArrowUp`)a=le(t,t.day+(e.key===`ArrowDown`?1:-1),t.from);else if(e.key===`Delete`||e.key===`Backspace`)a=void 0;else return;e.preventDefault(),this.change(t,a),this.focusOn(a?.day??t.day)}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelectorAll(`.day`)[e]?.querySelector(`.window.chosen, ha-icon-button, .only-icon`)?.focus()})}begin(e,t){if(e.button!==0||this.drag)return;let n=e.target,r=e.currentTarget,i=this.minuteOf(e,r),a=n.classList.contains(`window`)?re(this.spans,t,this.inside(i)):void 0;this.drag={grip:a?this.grip(e,n):`draw`,pointer:e.pointerId,began:{x:e.clientX,at:i},span:a,row:t,moves:!1},r.setPointerCapture(e.pointerId)}follow(e){let{drag:t}=this;t?.pointer===e.pointerId&&(t.moves||=Math.abs(e.clientX-t.began.x)>mt||this.rowOf(e)!==t.row,t.moves&&(this.held=this.dragged(t,e),this.shown=he(this.spans,t.span,this.held)))}end(e){let{drag:t}=this;t?.pointer===e.pointerId&&(this.leave(),t.moves?this.change(t.span,this.dragged(t,e)):t.span?this.edit(t.span):this.change(void 0,me(t.row,t.began.at,t.began.at+ht)))}leave(){this.drag=void 0,this.shown=this.held=void 0}dragged(e,t){let n=this.minuteOf(t,t.currentTarget),{span:r}=e;return r?e.grip===`move`?le(r,this.rowOf(t)??e.row,r.from+n-e.began.at):ve(r,e.grip===`from`?`from`:`to`,n):me(e.row,e.began.at,n)}grip(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect();if(i<30)return`move`;let[a,o]=this.isRightToLeft?[`to`,`from`]:[`from`,`to`];return e.clientX-n<pt?a:r-e.clientX<pt?o:`move`}get isRightToLeft(){return getComputedStyle(this).direction===`rtl`}minuteOf(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect(),a=this.isRightToLeft?r-e.clientX:e.clientX-n;return Math.min(d,Math.max(0,a/i*d))}inside(e){return Math.min(d-1,Math.floor(e))}rowOf(e){let t=[...this.renderRoot.querySelectorAll(`.track`)].findIndex(t=>{let{top:n,bottom:r}=t.getBoundingClientRect();return n<=e.clientY&&e.clientY<=r});return t<0?this.drag?.row:t}change(e,t){this.emit(this.choose(e,t))}choose(e,t){let n=he(this.spans,e,t),r=t&&re(n,t.day,t.from);return this.chosen=r&&{day:r.day,from:r.from},n}emit(e){this.spans=e,this.dispatchEvent(new CustomEvent(`ca-week`,{detail:e,bubbles:!0,composed:!0}))}};m([n({attribute:!1})],M.prototype,`home`,void 0),m([n({attribute:!1})],M.prototype,`words`,void 0),m([n({attribute:!1})],M.prototype,`spans`,void 0),m([r()],M.prototype,`shown`,void 0),m([r()],M.prototype,`held`,void 0),m([r()],M.prototype,`chosen`,void 0),m([r()],M.prototype,`edited`,void 0),M=m([o(`courier-access-week`)],M);function xt({span:{day:e},isWhole:t,from:n,to:r}){if(t)return{day:e,from:0,to:d};if(!n||!r)return;let i={day:e,from:p(n),to:p(r)||1440};return i.from<i.to?i:void 0}function N(e){return`${e/d*100}%`}var St={unauthenticated:`signature`,malformed:`form`,unsupported:`form`,too_large:`form`,slow_body:`form`,id_reused:`form`,in_flight:`often`,rate_limited:`often`,door_busy:`door`,door_unavailable:`door`,not_ready:`building`,ledger_unavailable:`building`,clock_untrusted:`building`};function Ct(e){let t=St[e];return t?`panel_problem_${t}`:`notification_reason_${e}`}function wt({consent:e,on_paper:t}){return t?e===`given`?`given_on_paper`:`refused_on_paper`:e}function Tt(e){return!e.has_way||!!e.unreachable_since}function Et(e,t){return e.residents.find(({resident:e})=>e===t.subject)}function Dt({issues:e,record:t}){let n=e=>Number(e.kind===t.kept_out_by);return[...e].sort((e,t)=>n(t)-n(e))}function Ot(e,t){let[n,r]=e<1e6?[Math.max(1,Math.round(e/1e3)),`kilobyte`]:[e/1e6,`megabyte`];return new Intl.NumberFormat(t,{style:`unit`,unit:r,maximumFractionDigits:1}).format(n)}function kt(e,t){return JSON.stringify(u(e))===JSON.stringify(u(t))}var P=class extends x{constructor(...e){super(...e),this.kept={},this.busy=!1}willUpdate(e){e.has(`kept`)&&this.drawn&&kt(this.drawn,this.kept)&&(this.drawn=void 0)}render(){let t=this.drawn??this.kept,n=!kt(t,this.kept);return a`
      <section aria-busy=${this.busy}>
        <h2>${this.say(`building_hours`)}</h2>
        <p class="soft">${this.say(`building_hours_says`)}</p>
        ${this.words.readerIsElsewhere?C(`warning`,this.say(`elsewhere`,{zone:this.words.zone})):e}
        <courier-access-week
          .home=${this.home}
          .words=${this.words}
          .spans=${ie(u(t))}
          @ca-week=${e=>this.drawn=c(e.detail)}
        ></courier-access-week>
        ${Object.keys(t).length?e:a`<p>${this.say(`building_hours_none`)}</p>`}
        <div class="row">
          ${v(this.say(`save`),()=>void this.keep(t),{kind:`main`,disabled:!n||this.busy})}
          ${v(this.say(`cancel`),()=>this.drawn=void 0,{kind:`text`,disabled:!n||this.busy})}
        </div>
      </section>
    `}async keep(e){let t=this.kept;this.busy=!0;let n=await this.act(()=>this.access.setHours(this.building.building,e));this.busy=!1,n&&(this.kept=e,this.drawn=void 0,this.tell({text:this.say(`kept`,{what:this.say(`building_hours`)}),undo:()=>void this.keep(t)}))}};m([n({attribute:!1})],P.prototype,`kept`,void 0),m([r()],P.prototype,`drawn`,void 0),m([r()],P.prototype,`busy`,void 0),P=m([o(`courier-access-building-hours`)],P);var F=class extends x{constructor(...e){super(...e),this.busy=!1,this.asked=0}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.asked++,this.found=void 0,this.busy=!1)}render(){return a`
      <section>
        <h2>${this.words.say(`page_check`)}</h2>
        <p>${this.words.say(`page_check_says`)}</p>
        <label for="notification">${this.words.say(`page_check_notification`)}</label>
        <textarea id="notification" rows="2" autocomplete="off"></textarea>
        ${v(this.words.say(`page_check_button`),()=>this.check(),{disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      </section>
    `}answer(e){return a`
      ${this.record(e)}
      ${e.notifications?e.notifications.map(({record:e,standing:t})=>a`
              <p class="status ${t===`unchanged`?`good`:`bad`}">
                ${this.words.say(`page_standing_${t}`,{record:e})}
              </p>
            `):a`<p class="soft">${this.words.say(`page_checked_alone`)}</p>`}
    `}record(t){return t.intact?t.notifications?.some(({standing:e})=>e!==`unchanged`)?e:a`<p class="status good">${this.words.say(`page_checked_intact`,{count:t.records})}</p>`:a`<p class="status bad">
        ${this.words.say(`page_checked_broken`,{record:t.broken_at??0})}
      </p>`}async check(){let e=this.renderRoot.querySelector(`textarea`),t=++this.asked;this.busy=!0,await this.act(async()=>{this.found=void 0;let n=await this.access.verify(this.building.building,e?.value.trim()??``);t===this.asked&&(this.found=n)}),t===this.asked&&(this.busy=!1)}};m([r()],F.prototype,`found`,void 0),m([r()],F.prototype,`busy`,void 0),F=m([o(`courier-access-check`)],F);var At=`/config/repairs`,jt=`/config/network`,Mt=`/config/cloud`,Nt=3,Pt=[`nothing`,`not_https`];function Ft(e){return e.available?e.left_open?`left_open`:e.position===`jammed`?`door_jammed`:void 0:`door_unavailable`}function It(e,t=[]){if(e.enabled){if(!e.doors.length)return`courier_no_doors`;if(e.keys.length)return e.reach===`not_https`?`courier_not_https`:e.reach===`nothing`||e.reach===`cloud_gone`?`courier_cut_off`:Rt(e)?`courier_refused`:e.uses_newest_key===!1?`courier_old_key`:t.includes(e.courier)?`courier_never_heard`:void 0}}var Lt=[`unauthenticated`,`malformed`,`unsupported`,`too_large`];function Rt({last_refusal:e,last_contact:t}){return e!==null&&Lt.includes(e.why)&&(t===null||t<e.at)}function zt(e){return Tt(e)?`unreachable`:e.consent===`not_given`?`consent_not_given`:void 0}function Bt(e,t,n=!1){return new Vt(e,t).all(n?[`no_residents`,`no_consent`,`consent_not_given`]:[])}var Vt=class{constructor(e,t){this.owned=e,this.words=t,this.edit=y(e)}all(e){return[...this.keptOut(),...this.issues(),...this.address(),...this.doors(),...this.couriers(),...this.residents()].filter(({kind:t})=>!e.includes(t))}say(e,t){return this.words.say(`panel_${e}`,t)}has(e,t){return this.owned.issues.some(n=>n.kind===e&&(t===void 0||n.subject===t))}keptOut(){let{kept_out_by:e}=this.owned.record;return e===null||this.has(e)?[]:[{kind:e,name:this.say(`record`),says:this.words.issue(e,`title`,{building:this.owned.name}),href:At}]}issues(){return Dt(this.owned).filter(({kind:e})=>e!==`no_external_url`||!this.unreachable.length).map(e=>this.issue(e))}issue(e){let{kind:t,placeholders:n}=e,r=Et(this.owned,e);return{kind:t,name:this.words.issue(t,`title`,n),says:r?this.named(r):``,...!e.is_fixable&&{more:this.words.issue(t,`description`,n)},href:{no_external_url:jt,cloud_address_gone:Mt,no_residents:this.edit}[t]??`/config/repairs`}}get unreachable(){return this.owned.couriers.filter(({enabled:e,keys:t,reach:n})=>e&&t.length&&Pt.includes(n))}address(){let[e]=this.unreachable;if(!e)return[];let t=this.unreachable.map(({name:e})=>e);return[{kind:`address`,name:this.list(t),says:this.say(`reach_${e.reach}`),href:jt}]}doors(){return this.owned.doors.flatMap(e=>{let t=Ft(e);return!t||this.has(`opener_offline`,e.door)||this.has(`opener_removed`,e.door)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`left_open`?Te(this.owned,`entries`):this.edit}]})}couriers(){return this.owned.couriers.flatMap(e=>{let t=It(e,this.owned.never_heard);if(!t||Pt.includes(e.reach))return[];let n={courier_cut_off:`cloud_address_gone`,courier_old_key:`key_ending`}[t];return n&&this.has(n,e.courier)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`courier_cut_off`?Mt:this.edit}]})}residents(){let e=this.owned.residents.filter(e=>Tt(e)&&!this.has(`resident_unreachable`,e.resident)),t=this.has(`no_consent`)?[]:this.owned.residents.filter(({consent:e})=>e===`not_given`);return[...this.people(`unreachable`,e),...this.people(`consent_not_given`,t)]}people(e,t){return t.length?[{kind:e,name:this.list(t.map(e=>this.named(e))),says:this.say(e),href:this.edit}]:[]}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}list(e){let t=e.length-Nt;return e.slice(0,Nt).join(`; `)+(t>0?`; +${t}`:``)}},Ht={good:`good`,bad:`alert`,plain:`plain`};function I(t){let{tone:n,name:r,says:i,link:o,more:s=e}=t,c=a`<span class="name">${r}</span><span class="says ${t.isSaidOnly?`quiet`:``}">${i}</span>`;return a`
    <div class="item ${n}">
      ${O(t.icon??Ht[n])}
      ${s===e?a`<div class="words">${c}</div>`:a`<details>
            <summary class="words">${c}${O(`open`)}</summary>
            ${s}
          </details>`}
      ${o?a`<a class="to" href=${o.href} aria-label=${o.label} @click=${e=>Ut(e,o)}
            >${o.text}</a
          >`:e}
    </div>
  `}function Ut(e,{go:t}){t&&(e.preventDefault(),t())}var Wt=i`
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
`,L=class extends x{constructor(...e){super(...e),this.neverHeard=[],this.busy=!1}static{this.styles=[x.styles,Wt]}render(){let{courier:t}=this,n=It(t,this.neverHeard);return I({tone:n?`bad`:t.enabled&&t.keys.length?`good`:`plain`,name:t.name,says:this.state(n),more:a`
        ${t.doors.length?a`<p>${this.say(`courier_doors`,{doors:t.doors.join(`, `)})}</p>`:e}
        ${t.keys.length?this.messages(t):a`<p>${this.say(`key_none`)}</p>`}
      `,link:{href:y(this.building),text:this.say(`edit`),label:`${this.say(`edit`)}: ${t.name}`}})}show(){let e=this.renderRoot.querySelector(`details`);e&&(e.open=!0,this.scrollIntoView({block:`center`}),e.querySelector(`summary`)?.focus())}state(e){let{enabled:t,keys:n,last_contact:r}=this.courier;return t?e?this.say(e):n.length?r?this.say(`last_contact`,{time:this.words.moment(r)}):this.say(`courier_quiet`):this.say(`courier_without_key`):this.say(`courier_disabled`)}messages(t){return a`
      <p data-reach=${t.reach}>${this.say(`reach_${t.reach}`)}</p>
      ${t.keys.map(({kind:n,ends_at:r})=>a`
          <p>
            ${this.say(`key_${n}`)} ${r?this.say(`key_ends`,{time:this.words.moment(r)}):e}
            ${!r&&t.uses_newest_key===!1?this.say(`key_unused`):e}
          </p>
        `)}
      <p class="soft">
        ${t.last_contact?this.say(`last_contact`,{time:this.words.moment(t.last_contact)}):this.say(`never_heard`)}
        ${this.refusals()}
      </p>
      ${v(this.say(`test`),()=>this.test(),{disabled:this.busy})}
      <div role="status">${this.tried?this.answer(this.tried):``}</div>
    `}refusals(){let{refusals:e,last_refusal:t}=this.courier;return t?this.say(`refusals`,{count:e,time:this.words.moment(t.at),why:this.words.say(Ct(t.why))}):``}answer({found:t,why:n}){let r=t===`good`||t===`answers`;return a`
      <p class="status ${r?`good`:`bad`}" data-found=${t}>
        ${this.say(`found_${t}`)} ${n?this.words.say(Ct(n)):e}
        ${r&&this.courier.reach===`nothing`?this.say(`found_inside`):e}
      </p>
    `}async test(){this.busy=!0,this.tried=void 0,await this.act(async()=>{this.tried=await this.access.test(this.building.building,this.courier.courier)}),this.busy=!1}};m([n({attribute:!1})],L.prototype,`courier`,void 0),m([n({attribute:!1})],L.prototype,`neverHeard`,void 0),m([r()],L.prototype,`tried`,void 0),m([r()],L.prototype,`busy`,void 0),L=m([o(`courier-access-courier`)],L);var Gt={courier_disabled:[`courier_disabled`],door_not_allowed:[`door_not_allowed`],paused:[`building_paused`,`unit_paused`],outside_building_hours:[`building_hours`]},Kt=[`nobody_consents`,`withdrawn`,`denied`],qt={courier_disabled:`notification_reason_courier_disabled`,door_not_allowed:`notification_reason_door_not_allowed`,building_hours:`notification_reason_outside_building_hours`,building_paused:`page_shut_building_paused`,unit_paused:`page_shut_unit_paused`,nobody_consents:`page_shut_not_given`};function Jt({admitted:e,reason:t}){return e?`yes`:t===`no_answer`?`ask`:`no`}function Yt(e){let t=Gt[e.reason],n=e.because.filter(({says:n,layer:r})=>n===Jt(e)&&(t?.includes(r)??!0));return n.find(({layer:e})=>Kt.includes(e))??n.find(({layer:e})=>e!==`not_consenting`)??n[0]}function Xt(e,t,n){let r=Yt(n),i=Jt(n);if(!r){if(i===`ask`)return``;let t=i===`yes`||n.reason===`not_accepting`;return e.say(t?`panel_rule_${i}`:`notification_reason_${n.reason}`)}let{layer:a,resident:o=``,entity:s=``}=r,c=qt[a];return c?e.say(c):e.say(`panel_rule_${a}`,{resident:o,entity:t[s]?.attributes.friendly_name??s})}function R(e,t,n,r=!1){return a`
    <section>
      <details ?open=${r}>
        <summary>
          <h2>${e}</h2>
          <span class="set soft">${t}</span>
          ${O(`open`)}
        </summary>
        <div class="inside">${n}</div>
      </details>
    </section>
  `}function Zt(e,t){let{silent_since:n,changed_at:r,left_out:i}=t,a=[],o=t=>De(e,t,Date.now());return n===null?r!==null&&a.push(e.say(`panel_orders_works`,{time:o(r)})):a.push(e.say(`panel_orders_silent`,{time:o(n)})),i>0&&a.push(e.say(`panel_orders_left_out`,{count:i})),a.join(` · `)}function Qt(e,{missing:t,name:n}){return t===`disabled`?e.say(`panel_orders_disabled`,{name:n??``}):t===`removed`?e.say(`panel_orders_removed`):void 0}function $t(t,{parcels:n=[],silent_sources:r=[]}){let i=n===null?`panel_check_parcels_unknown`:`panel_check_parcels_none`;return a`
    <h3>${t.say(`panel_check_parcels`)}</h3>
    ${n===null||!(n.length||r.length)?a`<p>${t.say(i)}</p>`:e}
    <ul data-parcels>
      ${tn(t,n??[]).map(({name:e,says:t})=>a`<li><strong>${e}</strong> <br />${t}</li>`)}
      ${r.map(e=>a`<li>${Qt(t,e)??en(t,e)}</li>`)}
    </ul>
  `}function en(e,{name:t,silent_since:n}){return e.say(`panel_check_silent`,{name:t??``,time:n===null?``:e.moment(n)})}function tn(e,t){let n=/* @__PURE__ */ new Map;for(let r of t){let t=[r.order,r.courier,r.parcel===null,nn(e,r)].join();n.set(t,[...n.get(t)??[],r])}return[...n.values()].flatMap(t=>{let[n]=t;if(!n)return[];let r=t.map(({parcel:t})=>t??e.say(`panel_check_counted`));return{name:`${n.courier??`–`}: ${r.join(`, `)}`,says:nn(e,n)}})}function nn(e,t){let{becomes:n,starts_at:r,ends_at:i}=t;return e.say(`panel_becomes_${n}`,{span:r&&i?e.span(r,i):``,count:t.most_per_day,let_in:e.say(`notification_action_let_in`),rules:e.say(`panel_view_hours`),deliveries:e.say(`panel_view_deliveries`)})+(t.always_asks&&n===`announced`?` ${e.say(`panel_becomes_asks`)}`:``)}var z=class extends x{constructor(...e){super(...e),this.couriers=[],this.doors=[],this.units=[],this.own=[],this.chosen={},this.busy=!1,this.asked=0}static{this.styles=[x.styles,i`
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
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&this.forget()}render(){if(!this.couriers.length||!this.doors.length||!this.units.length)return e;let t=this.at??this.now;return R(this.say(`check_access`),``,a`
        <p class="soft">${this.say(`check_says`)}</p>
        <div class="fields">
          ${this.select(`courier`,this.say(`orders_courier`))} ${this.select(`unit`,this.say(`which_unit`))}
          ${this.select(`door`,this.say(`orders_door`))}
          ${Ne(this.home,this.words.say(`page_day`),t.day,e=>this.ask({at:{...t,day:e}}),{required:!0})}
          ${E(this.home,this.say(`check_at`),t.time,e=>this.ask({at:{...t,time:e}}),{required:!0})}
        </div>
        ${v(this.say(`check`),()=>this.check(),{kind:`main`,disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      `)}get now(){return this.words.wall((/* @__PURE__ */ new Date()).toISOString())}select(t,n){let r=this.choices(t);return r.length<2?e:h(n,this.selected(t)?.[0],r.map(([e,t])=>({value:e,label:t})),e=>this.ask({chosen:{...this.chosen,[t]:e}}))}choices(e){return e===`unit`?this.units.map(e=>[e,e]):e===`courier`?this.couriers:this.doors}selected(e){let t=this.choices(e);return t.find(([t])=>t===this.chosen[e])??t[0]}ask(e){e.at?.day&&e.at.time&&(this.at=e.at),e.chosen&&(this.chosen=e.chosen),this.forget()}forget(){this.asked++,this.found=void 0,this.busy=!1}answer({check:t,all:n}){let r=Jt(t);return a`
      <p class="status ${r===`yes`?`good`:``}" data-answer=${r}>
        <strong>${this.say(`check_${r}`,{courier:t.courier})}</strong><br />
        ${Xt(this.words,this.home.states,t)}
      </p>
      ${n.parcels!==void 0&&this.own.includes(t.unit)?$t(this.words,n):e}
    `}async check(){let[e,t,n]=[`courier`,`unit`,`door`].map(e=>this.selected(e));if(!e||!t||!n)return;let[,r]=e;this.forget();let{asked:i}=this;this.busy=!0,await this.act(async()=>{let e=this.at&&`${this.at.day}T${this.at.time}`,a=await this.access.check(this.building.building,n[0],t[0],e);if(i!==this.asked)return;let o=a.checks.find(e=>e.courier===r)??{courier:r,unit:t[0],admitted:!1,reason:`door_not_allowed`,because:[]};this.found={check:o,all:a}}),i===this.asked&&(this.busy=!1)}};m([n({attribute:!1})],z.prototype,`couriers`,void 0),m([n({attribute:!1})],z.prototype,`doors`,void 0),m([n({attribute:!1})],z.prototype,`units`,void 0),m([n({attribute:!1})],z.prototype,`own`,void 0),m([r()],z.prototype,`chosen`,void 0),m([r()],z.prototype,`at`,void 0),m([r()],z.prototype,`found`,void 0),m([r()],z.prototype,`busy`,void 0),z=m([o(`courier-access-may-enter`)],z);var rn=[`door`,`courier`,`resident`,`consent`,`hours`,`entry`],an=[`consent`,`hours`,`entry`];function on(e,t){switch(t){case`door`:return e.doors.length>0;case`courier`:return e.couriers.some(({enabled:e,doors:t})=>e&&t.length>0);case`resident`:return e.residents.length>0;case`consent`:return e.residents.some(({consent:e})=>e===`given`);case`hours`:return e.has_residents_hours;case`entry`:return e.ever_admitted===!0}}function sn(e){return e.ever_admitted===!1}function cn(e){return rn.find(t=>!on(e,t))}var ln=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],un=[`locked`,`locking`],dn={door:`panel_orders_door`,courier:`panel_orders_courier`,resident:`panel_residents`,consent:`csv_resident_consent`,hours:`page_time`,entry:`panel_setup_entry`},fn=1800,B=class extends x{constructor(...e){super(...e),this.news=0,this.whole=!0,this.reading=0}static{this.styles=[x.styles,Wt,i`
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
    `]}connectedCallback(){super.connectedCallback(),this.renewing=setInterval(()=>void this.read(),fn*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.renewing)}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.owned=void 0),(e.has(`news`)||e.has(`building`))&&this.read()}async read(){let e=++this.reading;try{let t=await this.access.owned(this.building.building);e===this.reading&&(this.owned=t)}catch(e){this.owned||this.tell({text:this.words.refusal(e)})}}render(){let{owned:t}=this;return t?a`
      ${sn(t)?this.setup(t):e} ${this.required(t)}
      <courier-access-may-enter
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .couriers=${t.couriers.map(({courier:e,name:t})=>[e,t])}
        .doors=${t.doors.map(({door:e,name:t})=>[e,t])}
        .units=${this.whole?mn(t):[]}
        .own=${pn(this.building)?A(this.building).map(({unit:e})=>e):[]}
      ></courier-access-may-enter>
      ${this.doors(t)} ${this.couriers(t)} ${this.residents(t)} ${this.links(t)} ${this.record(t)}
      <courier-access-building-hours
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .kept=${t.hours}
      ></courier-access-building-hours>
    `:a`<section>${w(this.say(`loading`))}</section>`}setup(e){let t=cn(e);return a`
      <section data-setup=${t??``}>
        <h2>${this.say(`setup`)}</h2>
        <ol class="rows">
          ${rn.map(n=>a`<li data-step=${n}>${this.step(e,n,n===t)}</li>`)}
        </ol>
      </section>
    `}step(e,t,n){let r=on(e,t),i=this.words.say(dn[t]);return I({tone:r?`good`:`plain`,name:i,says:r?this.say(`setup_done`):n&&an.includes(t)?this.say(`setup_${t}_says`):``,isSaidOnly:r,link:n?{...this.link(this.placeOf(t),this.say(`setup_next`),i),...this.test(e,t)}:void 0})}placeOf(e){let{building:t}=this;return e===`entry`?pn(t)&&k(t)?Ce(t):Te(t,`deliveries`):e===`consent`&&this.isResident?Te(t,`now`):e===`hours`&&this.isResident?Te(t,`hours`):y(t)}test({couriers:e},t){let n=e.find(({enabled:e,keys:t})=>e&&t.length);if(t!==`entry`||this.isResident||!n)return{};let r=()=>this.renderRoot.querySelector(`[data-courier="${n.courier}"] > *`);return{go:()=>r()?.show()}}get isResident(){return pn(this.building)&&A(this.building).length>0}required(e){let t=Bt(e,this.words,sn(e));return a`
      <section>
        <h2>${this.say(`needs_you`)}</h2>
        ${t.length?a`<ul class="rows">
              ${t.map(e=>this.action(e))}
            </ul>`:a`<p class="status good">${this.say(`needs_nothing`)}</p>`}
      </section>
    `}action({kind:t,name:n,says:r,more:i,href:o}){return a`
      <li data-issue=${t}>
        ${I({tone:`bad`,name:n,says:r,more:i?a`<p class="text">${i}</p>`:e,link:this.link(o,this.say(`fix`),n)})}
      </li>
    `}link(e,t,n){return{href:e,text:t,label:`${t}: ${n}`}}edit(e){return this.link(y(this.building),this.say(`edit`),e)}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}couriers(e){return a`
      <section>
        <h2>${this.say(`couriers`)}</h2>
        ${e.couriers.length?a`<ul class="rows">
              ${e.couriers.map(t=>a`
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
            </ul>`:a`<p>${this.words.say(`page_lobby_couriers_none`)}</p>`}
      </section>
    `}doors(e){return a`
      <section>
        <h2>${this.say(`doors`)}</h2>
        <ul class="rows">
          ${e.doors.map(e=>this.door(e))}
        </ul>
      </section>
    `}door(t){let n=ln.includes(t.position)?t.position:`unavailable`,r=Ft(t),i=r?`alert`:un.includes(n)?`locked`:`unlocked`;return a`
      <li data-door=${t.door}>
        ${I({tone:r?`bad`:i===`locked`?`good`:`plain`,icon:i,name:t.name,says:this.say(r??`door_${n}`),more:a`
            ${t.available?e:a`<p>${this.unavailable(t)}</p>`}
            <p class="soft">
              ${this.opener(t)} ${this.say(`unlock_seconds`,{seconds:t.unlock_seconds})}
              ${this.say(t.contact?`contact_${t.contact}`:`contact_none`)}
            </p>
            ${t.doorbells.map(e=>a`<p class="soft">${this.bell(e)}</p>`)}
          `,link:this.edit(t.name)})}
      </li>
    `}opener({opener:e}){if(e===null)return``;let t=this.home.states[e]?.attributes.friendly_name??e;return this.say(`opener`,{name:t})}bell(e){let{name:t,rang_at:n,unavailable_since:r}=e;return t===null?this.say(`bell_missing`):r===null?n===null?this.say(`bell_quiet`,{name:t}):[this.say(`bell_rang`,{name:t,time:this.words.moment(n)}),...this.became(e)].join(` `):this.say(`bell_away_since`,{name:t,time:this.words.moment(r)})}became({became:e,asks_again_at:t}){return e===`asked`?[this.say(`bell_asked`)]:e===`not_expected`?[this.say(`bell_not_expected`)]:t===null?[]:[this.say(`bell_too_many`,{until:this.words.moment(t)})]}unavailable(e){return e.opener_removed?this.say(`opener_removed`):e.unavailable_since?this.say(`opener_away_since`,{time:this.words.moment(e.unavailable_since)}):``}residents(e){return a`
      <section>
        <h2>${this.say(`residents`)}</h2>
        <ul class="rows">
          ${e.residents.map(e=>this.resident(e))}
        </ul>
        ${this.sources(e)}
      </section>
    `}resident(t){let n=wt(t),r=zt(t),i=t.consent===`given`,o=Tt(t),s=[...o?[this.say(`unreachable`)]:[],...t.waits_for_confirmation?[this.say(`pending`)]:[],...n?[this.say(`consent_${n}`)]:[]];return a`
      <li class="resident" data-resident=${t.resident}>
        ${I({tone:r?`bad`:i&&!t.waits_for_confirmation?`good`:`plain`,name:this.named(t),says:s.join(` · `),more:o||t.waits_for_confirmation?a`
                  ${o?a`<p>${this.outOfReach(t)}</p>`:e}
                  ${t.waits_for_confirmation?a`<p>${this.say(`waits`)}</p>`:e}
                `:e,link:this.edit(this.named(t))})}
      </li>
    `}sources({parcel_sources:{count:t,silent:n}}){return t===0?e:a`<p class="soft" data-sources>
      ${this.say(`sources`,{count:t})} ${n?this.say(`sources_silent`,{count:n}):e}
    </p>`}outOfReach({unreachable_since:e}){return e?this.say(`unreachable_since`,{time:this.words.moment(e)}):this.say(`no_way`)}links(e){return a`
      <section>
        <h2>${this.say(`links`)}</h2>
        <ul class="links">
          <li><a class="to" href=${e.links.notice} target="_blank">${this.say(`open_notice`)}</a></li>
          <li><a class="to" href=${e.links.residents} download>${this.say(`open_list`)}</a></li>
          <li><a class="to" href=${y(this.building)}>${this.say(`open_settings`)}</a></li>
        </ul>
      </section>
    `}record(t){let{kept_out_by:n,records:r,newest_at:i,retention_days:o,notifications_pending:s}=t.record;return a`
      <section>
        <h2>${this.say(`record`)}</h2>
        <p class="status ${n?`bad`:`good`}" data-kept-out=${n??``}>
          <strong
            >${n?this.words.issue(n,`title`,{building:t.name}):this.say(`record_well`)}</strong
          >
        </p>
        <p>
          ${r===null?e:this.say(`record_has`,{count:r,size:Ot(t.record_bytes,this.words.language)})}
          ${i?this.say(`record_newest`,{time:this.words.moment(i)}):e}
        </p>
        <p class="soft">
          ${this.say(`record_keeps`,{days:o})} ${s?this.say(`notifications_pending`,{count:s}):e}
        </p>
      </section>
      ${this.whole?a`<courier-access-check
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
          ></courier-access-check>`:e}
    `}};m([n({type:Number})],B.prototype,`news`,void 0),m([n({type:Boolean})],B.prototype,`whole`,void 0),m([r()],B.prototype,`owned`,void 0),B=m([o(`courier-access-building`)],B);function pn(e){return`residents`in e}function mn({residents:e}){return[...new Set(e.map(({unit:e})=>e))].sort((e,t)=>e.localeCompare(t,void 0,{numeric:!0}))}var hn=`other`,gn=64,V=class extends x{constructor(...e){super(...e),this.unit=``,this.courier=``,this.door=``,this.choice=``,this.day=``,this.refusal=``,this.sending=!1,this.times={from:``,to:``},this.read=``}static{this.styles=[x.styles,i`
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
    `]}willUpdate(e){this.day||this.begin();let t=this.resident,n=`${this.building.building} ${t?.resident}`;t&&(n!==this.read||e.get(`building`))&&(this.read=n,this.access.rules(this.building.building,t.resident).then(e=>this.rules=e,()=>this.rules=void 0))}firstUpdated(){we(this.renderRoot.querySelector(`ha-select, select, .chips button`))}begin(){let{delivery:e}=this;if(!e){this.choice=this.day=this.today;return}let[t,n]=[this.words.wall(e.starts_at),this.words.wall(e.ends_at)];this.unit=e.units?.[0]??``,this.courier=e.courier_id??``,this.door=e.door_id??``,this.day=t.day,this.choice=this.days.includes(t.day)?t.day:hn,this.preset=`other`,this.times={from:t.time,to:n.time}}render(){let t=this.chosen;if(!t)return e;let n=je(this.day,this.rules,t,this.now),[r]=n.find(([e])=>e===this.preset)??n[0]??[`other`],i=this.doorsOf(t);return a`
      <form aria-busy=${this.sending} @submit=${e=>this.send(e,n,r)}>
        ${this.delivery?e:this.who(t)}
        ${i.length>1?h(this.words.say(`csv_door`),this.door||i[0]?.door,i.map(({door:e,name:t})=>({value:e,label:t})),e=>this.door=e):e}
        ${this.when()}
        ${S(this.words.say(`page_time`),r,n.map(([e,t])=>({value:e,label:this.preset_name(e,t)})),e=>this.preset=e)}
        ${r===`other`?a`<div class="row">
              ${[`from`,`to`].map(e=>E(this.home,this.say(e),this.times[e],t=>this.times={...this.times,[e]:t},{name:e,required:!0}))}
            </div>`:e}
        <label class="field"
          >${this.words.say(`page_note`)}
          <input
            name="parcel"
            maxlength=${gn}
            autocomplete="off"
            aria-describedby="note"
            value=${this.delivery?.parcel_ref??``}
        /></label>
        <span class="soft" id="note">${this.words.say(`page_note_says`)}</span>
        ${this.refusal?C(`error`,this.refusal):e}
        <div class="row">
          ${v(this.say(`save`),void 0,{kind:`main`,submits:!0,disabled:this.sending})}
          ${v(this.say(`cancel`),()=>this.close(),{kind:`text`})}
        </div>
      </form>
    `}who(t){let n=A(this.building).map(({unit:e})=>e);return a`
      ${n.length>1?h(this.say(`which_unit`),this.resident?.unit,n.map(e=>({value:e,label:e})),e=>this.unit=e):e}
      ${h(this.words.say(`csv_courier`),t.courier,Re(this.building).map(({courier:e,name:t})=>({value:e,label:t})),e=>this.courier=e)}
    `}when(){let{language:t}=this.words,n=new Intl.RelativeTimeFormat(t,{numeric:`auto`}),r=this.days.map((e,r)=>({value:e,label:Be(n.format(r,`day`),t)}));return a`
      ${S(this.words.say(`page_day`),this.choice,[...r,{value:hn,label:this.say(`other_day`)}],e=>{this.choice=e,e!==hn&&(this.day=e)})}
      ${this.choice===hn?Ne(this.home,this.words.say(`page_day`),this.day,e=>this.day=e||this.day,{min:this.today,required:!0}):e}
    `}preset_name(e,t){if(e===`other`||!t)return this.words.say(`page_other_times`);if(e===`all_day`)return Be(this.words.say(`page_all_day`),this.words.language);let n=this.words.hours(p(t.from),p(t.to)||1440);return e===`mine`?`${this.words.say(`page_my_hours`)} (${n})`:n}get resident(){let e=A(this.building).filter(e=>!e.waits_for_confirmation);return e.find(({unit:e})=>e===this.unit)??e.find(st)??e[0]}get chosen(){let e=Re(this.building);return e.find(({courier:e})=>e===this.courier)??e[0]}doorsOf(e){return this.building.doors.filter(({door:t})=>e.doors.includes(t))}get now(){let{day:e,time:t}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return`${e}T${t}:00`}get today(){return this.now.slice(0,10)}get days(){return[this.today,Me(this.today,1)]}async send(e,t,n){e.preventDefault();let r=new FormData(e.target),i=this.chosen;if(!i||this.sending)return;let a=t.find(([e])=>e===n)?.[1]??this.times;if(!a.from||!a.to){this.refusal=this.words.say(`page_expect_unreadable`);return}let o=this.doorsOf(i).map(({door:e})=>e),s=(o.includes(this.door)?this.door:o[0])??``,c={...ot(this.day,a),door:s,parcel_ref:String(r.get(`parcel`)??``)},{building:l}=this.building,{delivery:u}=this;this.sending=!0,this.refusal=``;try{let e=u?.grant_id?await this.access.revise(l,i.courier,u.grant_id,c):await this.access.issue(l,i.courier,this.resident?.unit??``,c);if(e.decision===`accepted`)this.close(e);else{let t=this.words.say(`notification_reason_${e.reason}`);this.refusal=`${this.words.say(`page_expect_refused`)} ${t}`}}catch(e){this.refusal=this.words.refusal(e)}this.sending=!1}close(e){this.dispatchEvent(new CustomEvent(`ca-close`,{detail:e}))}};m([n({attribute:!1})],V.prototype,`delivery`,void 0),m([r()],V.prototype,`unit`,void 0),m([r()],V.prototype,`courier`,void 0),m([r()],V.prototype,`door`,void 0),m([r()],V.prototype,`choice`,void 0),m([r()],V.prototype,`day`,void 0),m([r()],V.prototype,`preset`,void 0),m([r()],V.prototype,`rules`,void 0),m([r()],V.prototype,`refusal`,void 0),m([r()],V.prototype,`sending`,void 0),m([r()],V.prototype,`times`,void 0),V=m([o(`courier-access-expect`)],V);var _n=3,vn=20,H=class extends x{constructor(...e){super(...e),this.orders=[],this.draft={},this.busy=!1}static{this.styles=[x.styles,i`
      .offered {
        display: block;
        line-height: 1.3;
        padding-block: 4px;
      }
    `]}willUpdate(e){(e.has(`building`)||this.haveSourcesReported(e.get(`home`)))&&(e.has(`building`)&&e.get(`building`)?.building!==this.building.building&&(this.orders=[],this.sources=void 0),this.resident&&this.load())}render(){let{resident:t,sources:n}=this;if(!t)return e;let r=this.orders.filter(e=>e.resident!==void 0),i=v(this.say(`orders_give`),()=>void this.open(t),{icon:`add`});return a`
      <section>
        <h2>${this.say(`orders`)}</h2>
        <p class="soft">${this.say(`orders_says`)}</p>
        ${r.length===0?b(`parcel`,this.say(`orders_none`),i):a`<ul>
                ${r.map(e=>this.row(e))}
              </ul>
              ${i}`}
        ${n?this.form(t,n):e}
      </section>
    `}haveSourcesReported(e){return e!==void 0&&ue(this.orders).some(t=>e.states[t]!==this.home.states[t])}get resident(){return A(this.building)[0]}async load(){let{building:e}=this.building;await this.act(async()=>{let t=await this.access.orders(e);e===this.building.building&&(this.orders=t)})}row(t){let n=[t.courier??`–`,t.door].filter(Boolean).join(`, `);return a`
      <li data-order=${t.order}>
        <h3>${n}</h3>
        <p class="soft">
          ${this.say(`orders_most`,{count:t.most_per_day??0})}${t.is_paused?a` · ${this.say(`orders_paused`)}`:e}
        </p>
        ${(t.sources??[]).map(e=>this.source(e))}
        <div class="row">
          ${v(this.say(`orders_choose`),()=>void this.open(this.resident,t),{kind:t.sources?.length?`plain`:`main`})}
          ${v(t.is_paused?this.say(`orders_resume`):this.say(`orders_pause`),()=>void this.pause(t))}
          <courier-access-sure
            .words=${this.words}
            .label=${this.say(`orders_withdraw`)}
            .heading=${this.say(`orders_withdraw`)}
            .about=${n}
            .says=${this.say(`orders_withdraw_sure`)}
            .act=${()=>void this.withdraw(t)}
          ></courier-access-sure>
        </div>
      </li>
    `}source(e){let t=Qt(this.words,e);if(t!==void 0)return a`<p>${t}</p>`;let n=e.last_parcel,r=n===null?[]:[this.say(`orders_last`,{parcel:n})];return a`<p>${e.name}<br /><span class="soft">${[Zt(this.words,e),...r].join(` · `)}</span></p>`}offered(e){let{sensor:t,name:n,notes:r}=e,i=[Zt(this.words,e),...r.map(e=>this.say(`orders_${e}`))];return rt(a`<span class="offered">${n}<br /><small class="soft">${i.join(` · `)}</small></span>`,!!this.draft.sensors?.includes(t),e=>this.choose(t,e))}form(n,r){let{draft:i}=this,o=i.order===void 0,s=!!i.sensors?.length&&(!o||i.courier!==void 0),c=()=>this.sources=void 0,l=this.say(o?`orders_give`:`orders_choose`);return _(l,a`<div class="fields">
        <div role="group" aria-label=${this.say(`orders_source`)}>
          <h3>${this.say(`orders_source`)}</h3>
          ${r.sensors.length===0?a`<p>${this.say(`orders_no_sources`)}</p>`:e}
          ${r.sensors.map(e=>this.offered(e))}
          ${t.filter(e=>r.sensors.some(({notes:t})=>t.includes(e))).map(e=>a`<p class="soft"><strong>${this.say(`orders_${e}`)}:</strong> ${this.say(`orders_${e}_says`)}</p>`)}
        </div>
        ${o?this.terms():e}
      </div>`,{main:v(o?l:this.say(`save`),()=>void this.give(n),{kind:`main`,disabled:!s||this.busy}),other:v(this.say(`cancel`),c,{kind:`text`})},c)}terms(){return a`
        ${this.named(`courier`,this.building.couriers.filter(({enabled:e})=>e).map(({courier:e,name:t})=>({value:e,label:t})))}
        <p class="soft">${this.say(`orders_courier_says`)}</p>
        ${this.building.doors.length>1?this.named(`door`,[{value:void 0,label:`–`},...this.building.doors.map(({door:e,name:t})=>({value:e,label:t}))]):e}
        <label class="field"
          >${this.say(`orders_count`)}
          <input
            type="number"
            min="1"
            max=${vn}
            .value=${String(this.draft.most_per_day??_n)}
            @change=${e=>this.count(e)}
        /></label>
    `}named(e,t){return h(this.say(`orders_${e}`),this.draft[e],t,t=>{let{[e]:n,...r}=this.draft;this.draft=t===void 0?r:{...r,[e]:t}})}async open(e,t){if(e===void 0)return;let{building:n}=this.building,r=t?.sources?.flatMap(({sensor:e})=>e??[])??[];this.draft=t?{order:t.order,sensors:r}:{},await this.act(async()=>{let i=await this.access.orderSources(n,e.resident);if(n!==this.building.building)return;this.sources=i;let a=i.sensors.map(({sensor:e})=>e);t&&(this.draft={...this.draft,sensors:r.filter(e=>a.includes(e))})})}choose(e,t){let n=(this.draft.sensors??[]).filter(t=>t!==e);this.draft={...this.draft,sensors:t?[...n,e]:n}}count(e){let t=Math.round(Number(e.target.value))||_n;this.draft={...this.draft,most_per_day:Math.min(vn,Math.max(1,t))}}async give(e){if(this.busy)return;let{building:t}=this.building;this.busy=!0;let n=await this.act(()=>this.access.setOrder(t,e.resident,this.draft),this.say(`orders_given`));this.busy=!1,n&&t===this.building.building&&(this.sources=void 0),await this.load()}async pause({order:e,is_paused:t,resident:n}){n!==void 0&&(await this.act(()=>this.access.setOrder(this.building.building,n,{order:e,paused:!t})),await this.load())}async withdraw({order:e}){await this.act(()=>this.access.withdrawOrder(this.building.building,e),this.say(`orders_withdrawn`)),await this.load()}};m([r()],H.prototype,`orders`,void 0),m([r()],H.prototype,`sources`,void 0),m([r()],H.prototype,`draft`,void 0),m([r()],H.prototype,`busy`,void 0),H=m([o(`courier-access-orders`)],H);var yn=class extends x{static{this.styles=[x.styles,i`
      /* Beneath the header and the tabs, which stay. */
      :host {
        scroll-margin-block-start: 112px;
      }
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
    `]}firstUpdated(){this.renderRoot.querySelector(`h3`)?.focus({preventScroll:!0}),this.scrollIntoView({block:`nearest`})}render(){let{pin:t,short_code:n,link:r,qr:i,trial:o}=this.made;return a`
      <div class="status good">
        <div role="status">
          <h3 tabindex="-1">${this.words.say(`page_pass`)}</h3>
          <p>${this.words.say(`page_pass_pin`)} <span class="code" data-pin>${t}</span></p>
        </div>
        ${o?a`<p>
              <a class="to" href=${o} target="_blank">${this.say(`try_at`,{door:this.delivery.door})}</a>
            </p>`:e}
        <p>${this.words.say(`page_pass_says`)} ${this.words.say(`page_said_make_pass`)}</p>
        <div class="row">
          ${v(this.say(`share`),()=>void this.share(),{kind:`main`})}
          ${v(this.say(`close`),()=>this.close())}
          ${v(this.say(`revoke`),()=>void this.revoke(),{kind:`stop`})}
        </div>
        <p>${this.words.say(`page_pass_code`)} <span class="code short">${n}</span></p>
        ${r?a`<p class="link">${this.words.say(`page_pass_link`)} <a href=${r}>${r}</a></p>`:e}
        ${i?a`<svg
              viewBox="0 0 ${i.side} ${i.side}"
              role="img"
              aria-label=${this.words.say(`page_pass_qr`)}
              shape-rendering="crispEdges"
            >
              ${s`<path d=${i.path} />`}
            </svg>`:e}
      </div>
    `}async share(){let{words:e,delivery:t,made:n}=this,r=be(n,{title:e.say(`page_at`,{courier:t.courier,door:t.door}),window:e.span(n.starts_at,n.ends_at),pin:e.say(`page_pass_pin`),code:e.say(`page_pass_code`)});try{if(typeof navigator.share==`function`)return await navigator.share({text:r});await bn(r),this.tell({text:this.say(`copied`)})}catch(t){t.name!==`AbortError`&&this.tell({text:e.refusal(t)})}}async revoke(){await this.act(()=>this.access.revokePass(this.building.building,this.made.pass),this.words.say(`page_said_revoke_pass`))&&this.close()}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};m([n({attribute:!1})],yn.prototype,`delivery`,void 0),m([n({attribute:!1})],yn.prototype,`made`,void 0),yn=m([o(`courier-access-pass`)],yn);async function bn(e){if(navigator.clipboard)return navigator.clipboard.writeText(e);let t=document.body.appendChild(document.createElement(`textarea`));t.value=e,t.select();let n=document.execCommand(`copy`);if(t.remove(),!n)throw Error(e)}var xn=[6,12,18],Sn=60;function Cn(e,{starts_at:t,ends_at:n},r){let[i,a,o]=[t,n,new Date(r).toISOString()].map(t=>e.wall(t)),s=i.day<o.day&&o.day<=a.day?o.day:i.day;return{day:s,from:i.day<s?0:p(i.time),to:a.day>s?d:p(a.time),now:o.day===s?p(o.time):void 0}}function wn(t,n){let{from:r,to:i,now:o}=Cn(t,n,Date.now()),s=e=>`${e/d*100}%`;return a`
    <div class="day-bar" aria-hidden="true">
      <div class="bar">
        <span class="span" style="inset-inline-start: ${s(r)}; inline-size: ${s(i-r)}"></span>
        ${o===void 0?e:a`<span class="now" style="inset-inline-start: ${s(o)}"></span>`}
      </div>
      ${xn.map(e=>a`<span class="hour" style="inset-inline-start: ${s(e*Sn)}">${t.clock(e*Sn)}</span>`)}
    </div>
  `}var Tn=i`
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
`,U=`new`,W=class extends x{constructor(...e){super(...e),this.busy=!1}static{this.styles=[x.styles,Tn,i`
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
    `]}connectedCallback(){super.connectedCallback();let e=new URLSearchParams(location.search);e.has(`expect`)&&(k(this.building)&&(this.edited=U),e.delete(ke),history.replaceState(history.state,``,`${location.pathname}?${e}`))}disconnectedCallback(){super.disconnectedCallback(),this.made=this.edited=void 0}render(){let t=this.building.expected;return a`
      <div class="row head">
        <h2 class="grow">${this.words.say(`page_expected`)}</h2>
        ${k(this.building)&&!this.edited?v(this.words.say(`page_expect`),()=>this.edited=U,{kind:`main`,icon:`add`}):e}
      </div>
      ${this.form()}
      ${t.length===0?a`<section>${b(`parcel`,this.say(`expected_none`))}</section>`:a`<ul>
            ${Fe(t,G,e=>this.delivery(e))}
          </ul>`}
      ${this.building.more_expected?a`<p class="soft">${this.say(`expected_more`)}</p>`:e}
      <courier-access-orders
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-orders>
    `}delivery(t){return a`
      <li>
        <p><strong>${this.words.say(`page_at`,{courier:t.courier,door:t.door})}</strong></p>
        <p>${this.words.span(t.starts_at,t.ends_at)}</p>
        ${wn(this.words,t)}
        ${t.units?this.details(t):a`<p class="soft">${this.say(`expected_others`)}</p>`}
        ${t.units?this.own(t):e}
      </li>
    `}details({units:e=[],parcel_ref:t,entries_left:n}){let r=[...A(this.building).length>1?e.map(e=>this.words.say(`notification_unit`,{unit:e})):[],...t?[this.words.say(`notification_parcel`,{parcel:t})]:[],...n===void 0||n<2?[]:[this.say(`entries_left`,{count:n})]];return a`<p class="soft">${r.join(` `)}</p>`}form(){let{edited:t}=this;if(!t||!k(this.building))return e;let n=t===U?void 0:t,r=n&&this.words.say(`page_at`,{courier:n.courier,door:n.door});return a`
      <section>
        <h3>${r?`${this.words.say(`page_change`)}: ${r}`:this.words.say(`page_expect`)}</h3>
        ${at(n?G(n):U,a`<courier-access-expect
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
            .delivery=${n}
            @ca-close=${e=>this.close(e.detail)}
          ></courier-access-expect>`)}
      </section>
    `}close(e){let t=this.edited===U;if(this.edited=void 0,!e)return;let n=this.building.couriers.find(({courier:t})=>t===e.courier_id);t&&n&&!n.has_key&&!this.showsPass?this.pass(e):this.tell({text:this.words.say(t?`page_said_expect`:`page_said_revise`)})}get showsPass(){return this.busy||this.building.expected.some(e=>G(e)===this.made?.key)}own(t){let n=G(t),{made:r}=this;return r?.key===n?a`<courier-access-pass
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${t}
        .made=${r.pass}
        @ca-close=${()=>this.made=void 0}
      ></courier-access-pass>`:a`
      <div class="row">
        ${v(this.words.say(`page_pass`),()=>void this.pass(t),{disabled:this.busy})}
        ${t.is_mine?v(this.words.say(`page_change`),()=>this.edited=t):e}
        <courier-access-veto
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${t}
        ></courier-access-veto>
      </div>
      ${t.passes?.map(({pass:e,made_at:t})=>a`<p>
            ${v(this.words.say(`page_revoke_pass`,{time:this.words.moment(t)}),()=>void this.revoke(e),{kind:`stop`})}
          </p>`)}
    `}async pass({courier_id:e,grant_id:t}){e===void 0||t===void 0||this.busy||(this.busy=!0,await this.act(async()=>{let n=await this.access.makePass(this.building.building,e,t);this.isConnected&&(this.made={key:En(e,t),pass:n})}),this.busy=!1)}revoke(e){return this.act(()=>this.access.revokePass(this.building.building,e),this.words.say(`page_said_revoke_pass`))}};m([r()],W.prototype,`edited`,void 0),m([r()],W.prototype,`made`,void 0),m([r()],W.prototype,`busy`,void 0),W=m([o(`courier-access-deliveries`)],W);function G({courier_id:e,grant_id:t,courier:n,starts_at:r},i){return t===void 0?`${n} ${r} ${i}`:En(e,t)}function En(e,t){return`${e} ${t}`}var Dn={},On=et(class extends Ge{constructor(){super(...arguments),this.ot=Dn}render(e,t){return t()}update(e,[t,n]){if(Array.isArray(t)){if(Array.isArray(this.ot)&&this.ot.length===t.length&&t.every((e,t)=>e===this.ot[t]))return se}else if(this.ot===t)return se;return this.ot=Array.isArray(t)?Array.from(t):t,this.render(t,n)}}),kn=24,An=60,jn=[0,6,12,18],Mn=.2;function Nn(e){let t=e.flat().reduce((e,t)=>e+t,0),n=Math.max(0,...e.flat()),r=e.findIndex(e=>e.includes(n)),i=e[r]?.indexOf(n)??0;return t>0?{day:r,hour:i,count:n,total:t}:void 0}var Pn=class extends x{constructor(...e){super(...e),this.news=0}static{this.styles=[x.styles,i`
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
    `]}willUpdate(e){let t=e.get(`building`),n=t!==void 0&&t.building!==this.building.building;n&&(this.found=void 0),(n||e.has(`news`)||!this.hasUpdated)&&this.read()}async read(){let{building:e}=this.building;try{let t=await this.access.visits(e);e===this.building.building&&(this.found=t)}catch{}}render(){let{found:t}=this,n=t&&Nn(t.visits);if(!n)return e;let r=this.say(`plot_busiest`,{day:this.words.date(`2024-01-0${n.day+1}`,{weekday:`long`}),hours:this.hour(n.hour),count:n.count,total:n.total,days:t.days});return R(this.say(`plot`),r,a`${this.map(t,n)} ${this.table(t)}`)}map({visits:t},n){return a`
      <div class="plot" aria-hidden="true">
        <div>${t.map((e,t)=>a`<div>${j(this.words,t)}</div>`)}</div>
        <svg viewBox="0 0 ${kn} ${t.length}" preserveAspectRatio="none">
          ${t.map((t,r)=>t.map((t,i)=>s`<rect
                class=${t?`some`:`none`} x=${i+.05} y=${r+.06} width="0.9" height="0.88"
                fill-opacity=${t?Mn+.8*(t/n.count):e}
              />`))}
        </svg>
        <div class="hours soft">${jn.map(e=>a`<span>${this.words.clock(e*An)}</span>`)}</div>
      </div>
    `}table({visits:e}){let t=Array.from({length:kn},(e,t)=>t).filter(t=>e.some(e=>e[t])),[n=0,r=0]=[t[0],t.at(-1)],i=Array.from({length:r-n+1},(e,t)=>n+t);return a`
      <div class="quiet">
        <table>
          <caption>
            ${this.say(`plot`)}
          </caption>
          <tr>
            <th scope="col">${this.words.say(`page_day`)}</th>
            ${i.map(e=>a`<th scope="col">${this.hour(e)}</th>`)}
          </tr>
          ${e.map((e,t)=>a`<tr>
              <th scope="row">${this.words.date(`2024-01-0${t+1}`,{weekday:`long`})}</th>
              ${i.map(t=>a`<td>${e[t]}</td>`)}
            </tr>`)}
        </table>
      </div>
    `}hour(e){return this.words.hours(e*An,(e+1)*An)}};m([n({type:Number})],Pn.prototype,`news`,void 0),m([r()],Pn.prototype,`found`,void 0),Pn=m([o(`courier-access-plot`)],Pn);var Fn=500,In=class extends x{constructor(...e){super(...e),this.busy=!1}render(){return a`
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
          ${[[`page_take_entries_says`,`page_take_entries_link`,()=>this.takeSheet()],[`page_take_says`,`page_take_link`,()=>this.takeRecord()],[`page_take_verifier_says`,`page_take_verifier_link`,()=>this.takeVerifier()]].map(([e,t,n])=>a`
              <li>
                <p>${this.words.say(e)}</p>
                ${v(this.words.say(t),()=>void this.working(n),{disabled:this.busy})}
              </li>
            `)}
        </ul>
      </section>
    `}async takeSheet(){let e=[],t;do{let n=await this.access.sheet(this.building.building,this.words.language,t);e.push(n.csv),t=n.next??void 0}while(t!==void 0);Ln(`courier-access.csv`,`text/csv`,e)}async takeRecord(){let{building:e,name:t}=this.building,n=await this.access.records(e,0),r=n.head.record,i=[],a=r+1;for(;a!==null;){let t=await this.access.entries(e,{limit:Fn,before:a});i.push(...await this.withNotifications(t.entries)),a=t.next}let o=[...n.records];for(;n.next!==null;)n=await this.access.records(e,n.next),o.push(...n.records);let s={about:this.words.say(`page_take_says`),building:t,exported_at:(/* @__PURE__ */ new Date()).toISOString(),entries_up_to:r,entries:i,records:o,head:n.head};Ln(`courier-access.json`,`application/json`,[JSON.stringify(s,null,1)])}async withNotifications(e){let{building:t,is_owner:n}=this.building;if(!n)return e;let r=e.map(e=>e.entry_id),i=await this.access.notifications(t,r);return e.map(e=>({...e,notifications:i[e.entry_id]??[]}))}async takeVerifier(){let{name:e,program:t}=await this.access.verifier(this.building.building);Ln(e,`text/x-python`,[t])}async working(e){this.busy=!0,await this.act(e),this.busy=!1}};m([r()],In.prototype,`busy`,void 0),In=m([o(`courier-access-record`)],In);function Ln(e,t,n){let r=URL.createObjectURL(new Blob(n,{type:t})),i=document.createElement(`a`);i.href=r,i.download=e,i.click(),URL.revokeObjectURL(r)}var Rn={admitted:`check`,refused:`remove`,unknown:`unknown`};function zn(e,{decision:t,reason:n,outcome:r,door:i}){return[i,{refused:e.say(`notification_reason_${n}`),observed:e.say(`csv_observed`),admitted:r===null||r===`opened`?``:e.say(`csv_${r}`)}[t]].filter(Boolean).join(` · `)}function Bn(t,n,r){let i=He(n);return a`
    <button class="visit" @click=${r}>
      <span class="result ${i}">${O(Rn[i])}</span>
      <span class="grow">
        <span class="first">
          <span class="quiet">${t.say(`csv_${n.decision}`)}</span>
          <strong>${n.courier}</strong>
          <time class="soft" datetime=${n.at}>${t.time(n.at)}</time>
        </span>
        <span class="soft beneath">
          ${n.units?.length?a`<span class="yours">${t.say(`panel_yours`)}</span>`:e}
          ${zn(t,n)}
          ${n.picture?a`${O(`picture`)}<span class="quiet">${t.say(`panel_picture`)}</span>`:e}
        </span>
      </span>
    </button>
  `}var Vn=i`
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
`,K=class extends x{constructor(...e){super(...e),this.code=``,this.busy=!1,this.failure=``}static{this.styles=[x.styles,i`
      img {
        display: block;
        width: 100%;
        max-height: 60vh;
        /* Until it is loaded, room as most cameras need it. */
        aspect-ratio: auto 16 / 9;
        object-fit: contain;
        border-radius: 8px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.read()}async read(){try{this.code=await this.access.code(this.building.building,this.entry.record)}catch{}}willUpdate(e){if(!e.has(`entry`))return;let{picture:t}=this.entry;e.get(`entry`)?.picture!==t&&this.find(t),this.readsNotifications&&this.readNotifications()}get readsNotifications(){return this.building.is_owner&&this.entry.decision!==`refused`}async readNotifications(){let{entry:e}=this;this.failure=``;try{let t=await this.access.notifications(this.building.building,[e.entry_id]);e===this.entry&&(this.notified=t[e.entry_id]??[])}catch(t){e===this.entry&&(this.failure=this.words.refusal(t))}}async find(e){if(this.picture=void 0,e)try{let t=await this.access.picture(e);this.entry.picture===e&&(this.picture=t)}catch{}}render(){let e=()=>void this.dispatchEvent(new CustomEvent(`ca-close`)),t={main:v(this.say(`verify`),()=>void this.verify(),{disabled:this.busy||!this.code}),other:v(this.say(`close`),e,{kind:`text`})};return _(this.entry.courier,this.details(),t,e)}details(){let{entry:t,words:n}=this;return a`
      <p>
        ${n.say(`notification_${Je(t)}`,{courier:t.courier,door:t.door,time:n.moment(t.at)})}
        ${t.units?.map(e=>n.say(`notification_unit`,{unit:e})).join(` `)}
      </p>
      ${this.picture?a`<img src=${this.picture} alt=${this.say(`picture`)} @error=${()=>this.picture=void 0} />`:e}
      ${t.decision===`refused`?a`<p>${n.say(`notification_reason_${t.reason}`)}</p>`:e}
      ${t.proof===null||t.proof===`signed`?e:a`<p>${n.say(`page_proof`,{proof:n.say(`csv_${t.proof}`)})}</p>`}
      ${t.parcel_ref?a`<p>${n.say(`notification_parcel`,{parcel:t.parcel_ref})}</p>`:e}
      ${t.driver_ref?a`<p>${n.say(`csv_driver`)}: ${t.driver_ref}</p>`:e}
      ${t.details_erased?a`<p class="soft">${n.say(`page_erased`)}</p>`:e}
      ${t.repeats>0?a`<p>${n.say(`page_repeats`,{count:t.repeats})}</p>`:e}
      ${t.completed_at?a`<p>${this.say(`completed`,{time:n.moment(t.completed_at)})}</p>`:e}
      ${this.readsNotifications?this.notifications():e}
      <p class="soft receipt">
        ${this.say(`receipt`,{record:t.record})}${this.code?` · ${this.code.replace(/.{4}(?=.)/g,`$& `)}`:e}
      </p>
      ${this.found?this.verdict(this.found):e}
    `}notifications(){return this.failure?C(`error`,this.failure,v(this.words.say(`page_door_look`),()=>void this.readNotifications())):this.notified?this.notified.map(({resident:e,state:t})=>a`<p class="soft">${e??`–`}: ${this.say(`notification_${t}`)}</p>`):w(this.say(`loading`))}verdict({intact:t,broken_at:n,notifications:r=[]}){return a`
      ${t?e:C(`error`,this.words.say(`page_checked_broken`,{record:n??0}))}
      ${r.map(({record:e,standing:t})=>C(t===`unchanged`?`success`:`error`,this.words.say(`page_standing_${t}`,{record:e})))}
    `}async verify(){this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,`${this.entry.record} · ${this.code}`)}),this.busy=!1}};m([n({attribute:!1})],K.prototype,`entry`,void 0),m([r()],K.prototype,`code`,void 0),m([r()],K.prototype,`found`,void 0),m([r()],K.prototype,`busy`,void 0),m([r()],K.prototype,`picture`,void 0),m([r()],K.prototype,`notified`,void 0),m([r()],K.prototype,`failure`,void 0),K=m([o(`courier-access-visit`)],K);var Hn=50,Un=[`admitted`,`refused`,`observed`],q=class extends x{constructor(...e){super(...e),this.news=0,this.failure=``,this.next=null,this.courier=``,this.decision=``,this.begun=0,this.renewals=0}static{this.styles=[x.styles,Vn,i`
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
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building?(this.opened=void 0,this.filter({courier:``})):this.courier&&this.building.couriers.every(({courier:e})=>e!==this.courier)?this.filter({courier:``}):e.has(`news`)&&this.renew()}render(){return a`
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
    `}details(){let{opened:t}=this;if(!t)return e;let n=this.pages?.flat().find(({record:e})=>e===t.record)??t;return a`<courier-access-visit
      .words=${this.words} .access=${this.access} .building=${this.building} .entry=${n}
      @ca-close=${()=>this.close(t)}
    ></courier-access-visit>`}close({record:e}){this.opened=void 0,this.renderRoot.querySelector(`[data-record="${e}"] button`)?.focus()}filters(){let{couriers:t}=this.building,n={value:``,label:this.say(`all`)},r=Un.map(e=>({value:e,label:Be(this.words.say(`csv_${e}`),this.words.language)})),i=t.map(({courier:e,name:t})=>({value:e,label:t}));return a`
      ${S(this.words.say(`csv_decision`),this.decision,[n,...r],e=>this.filter({decision:e}))}
      ${t.length>1?S(this.words.say(`csv_courier`),this.courier,[n,...i],e=>this.filter({courier:e})):e}
    `}list(){let{pages:t}=this;if(t===void 0)return this.failure?C(`error`,this.failure,v(this.words.say(`page_door_look`),()=>this.begin())):w(this.say(`loading`));if(t.length===0)return b(`parcel`,this.words.say(`page_came_none`));let{day:n}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return a`
      ${Fe(t,(e,t)=>t===0?`newest`:e.at(-1)?.record,(e,r)=>{let i=t[r-1]?.at(-1);return a`
            <div class="page" aria-live=${r===0?`polite`:`off`} aria-relevant="additions">
              ${On([e,i,n,this.words],()=>this.page(e,i&&this.dayOf(i),n))}
            </div>
          `})}
      ${this.next===null?e:a`<p id="more">${v(this.say(`more`),()=>void this.more())}</p>`}
    `}page(t,n,r){return it(t,e=>this.dayOf(e)).map(([t,i])=>a`
        ${t===n?e:a`<h3>${Ze(this.words,t,r)}</h3>`}
        <ul>
          ${Fe(i,e=>e.record,e=>a`<li data-record=${e.record}>${Bn(this.words,e,()=>this.opened=e)}</li>`)}
        </ul>
      `)}dayOf({at:e}){return this.words.wall(e).day}filter(e){this.courier=e.courier??this.courier,this.decision=e.decision??this.decision,this.begin()}begin(){this.begun++,this.failure=``,this.pages=void 0,this.next=null,this.renew()}async renew(){let e=++this.renewals;await this.take(void 0,({entries:t,next:n})=>{e===this.renewals&&(this.pages=Ue(this.pages??[],t,n!==null),this.pages.length<=1&&(this.next=n))})}async more(){let e=this.next;e!==null&&await this.take(e,({entries:t,next:n})=>{e===this.next&&(this.pages=Ve(this.pages??[],e,t),this.next=n)})}async take(e,t){let{begun:n}=this;try{let r=await this.access.entries(this.building.building,this.wanted(e));n===this.begun&&t(r)}catch(e){if(n!==this.begun)return;let t=this.words.refusal(e);this.pages===void 0?this.failure=t:this.tell({text:t})}}wanted(e){return{limit:Hn,...e!==void 0&&{before:e},...this.courier&&{courier:this.courier},...this.decision&&{decision:this.decision}}}};m([n({type:Number})],q.prototype,`news`,void 0),m([r()],q.prototype,`pages`,void 0),m([r()],q.prototype,`failure`,void 0),m([r()],q.prototype,`next`,void 0),m([r()],q.prototype,`courier`,void 0),m([r()],q.prototype,`decision`,void 0),m([r()],q.prototype,`opened`,void 0),q=m([o(`courier-access-entries`)],q);var J=class extends x{constructor(...e){super(...e),this.code=``}static{this.styles=[x.styles,i`
      .code {
        font-size: 1.6rem;
        font-weight: 500;
        letter-spacing: 0.12em;
      }
    `]}willUpdate(e){let t=e.get(`resident`);t&&t.resident!==this.resident.resident&&(this.code=``)}render(){let e=this.resident.has_address_code;return R(this.say(`address_code`),e?this.say(`address_code_set`):this.say(`address_code_not_set`),a`
        <p class="soft">${this.say(`address_code_says`)}</p>
        ${this.code?a`<div role="status">
              <p class="code">${this.code}</p>
              <p>${this.say(`address_code_new`)}</p>
            </div>`:a`<p>${e?this.say(`address_code_has`):this.say(`address_code_none`)}</p>`}
        ${v(this.say(`renew`),()=>void this.renew())}
      `)}async renew(){await this.act(async()=>{let e=await this.access.renewAddressCode(this.building.building,this.resident.resident);this.code=e.address_code})}};m([n({attribute:!1})],J.prototype,`resident`,void 0),m([r()],J.prototype,`code`,void 0),J=m([o(`courier-access-address-code`)],J);var Wn=[`allow`,`ask`,`deny`],Y=class extends f{constructor(...e){super(...e),this.couriers=[]}static{this.styles=[g,i`
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
    `]}render(){return a`
      <p class="soft">${this.say(`couriers_says`)}</p>
      <ul>
        ${this.rows.map(e=>this.row(e))}
      </ul>
      ${this.rules.removed_couriers.length?this.removed():e}
      ${this.chosen?this.proofs(this.chosen):e}
    `}removed(){let e=this.say(`lift`);return a`
      <h3>${this.say(`removed_couriers`)}</h3>
      <p class="soft">${this.say(`removed_couriers_says`)}</p>
      <ul>
        ${this.rules.removed_couriers.map(({courier:t,name:n})=>a`
            <li class="row">
              <span class="grow">${n}</span>
              ${v(e,()=>this.emit({couriers:D(this.rules.couriers,t,`allow`)}),{kind:`text`,name:`${n}: ${e}`})}
            </li>
          `)}
      </ul>
    `}say(e){return this.words.say(`panel_${e}`)}get rows(){let{rules:e}=this;return[{name:this.say(`by_default`),attitude:e.default,proof:e.default_proof},...this.couriers.map(({courier:t,name:n})=>({name:n,courier:t,attitude:e.couriers[t]??e.default,proof:e.proofs[t]??e.default_proof,isOwn:t in e.couriers||t in e.proofs}))]}row(t){let n=this.say(`as_default`);return a`
      <li>
        <div class="row name">
          <h3 class="grow">${t.name}</h3>
          ${t.isOwn?v(n,()=>this.reset(t),{kind:`text`,name:`${t.name}: ${n}`}):e}
        </div>
        ${Ae(t.name,t.attitude,Wn.map(e=>({value:e,label:this.say(`attitude_${e}`)})),e=>this.decide(t,e))}
        ${t.attitude===`allow`?a`<button class="proof" aria-haspopup="dialog" @click=${()=>this.chosen=t}>
              <span class="grow"
                ><span class="quiet">${t.name}: </span>${this.say(`proof`)}: ${this.say(`proof_${t.proof}`)}</span
              >${O(`after`)}
            </button>`:e}
      </li>
    `}proofs(e){let t=()=>this.chosen=void 0;return _(e.name,a`<div class="choices" role="radiogroup" aria-label=${this.say(`proof`)}>
        <p class="soft">${this.say(`proof`)}</p>
        ${ge.map(t=>a`<label
            ><input type="radio" name="proof" .checked=${t===e.proof} @change=${()=>this.prove(e,t)} />
            <span>${this.say(`proof_${t}`)}</span></label
          >`)}
      </div>`,{main:v(this.say(`close`),t,{kind:`text`})},t)}decide({courier:e},t){this.emit(e===void 0?{default:t}:{couriers:D(this.rules.couriers,e,t)})}prove({courier:e},t){this.chosen=void 0,this.emit(e===void 0?{default_proof:t}:{proofs:D(this.rules.proofs,e,t)})}reset({courier:e=``}){let{couriers:t,proofs:n}=this.rules;this.emit({...e in t&&{couriers:D(t,e,void 0)},...e in n&&{proofs:D(n,e,void 0)}})}emit(e){this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:e,bubbles:!0,composed:!0}))}};m([n({attribute:!1})],Y.prototype,`words`,void 0),m([n({attribute:!1})],Y.prototype,`couriers`,void 0),m([n({attribute:!1})],Y.prototype,`rules`,void 0),m([r()],Y.prototype,`chosen`,void 0),Y=m([o(`courier-access-attitudes`)],Y);var Gn={first:``,last:``,from:``,to:``},X=class extends f{constructor(...e){super(...e),this.exceptions=[],this.today=``,this.month=``,this.tapped=`single`,this.first=``}static{this.styles=[g,i`
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
    `]}render(){return a`
      ${Ae(this.say(`days_off`),this.tapped,[{value:`single`,label:this.say(`days_single`)},{value:`range`,label:this.say(`days_range`)}],e=>{this.tapped=e,this.first=``})}
      <p class="soft" aria-live="polite">${this.hint}</p>
      ${this.calendar(this.month||this.today.slice(0,7))} ${this.others()}
      ${v(this.say(`other_hours`),()=>this.entered=Gn,{icon:`add`})}
      ${this.entered?this.otherHours(this.entered):e}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}get hint(){return this.tapped===`single`?this.say(`days_off_says`):this.first?this.say(`days_last_tap`):this.say(`days_first_tap`)}calendar(e){let t=this.words.date(`${e}-01`,{month:`long`,year:`numeric`}),n=[`01`,`02`,`03`,`04`,`05`,`06`,`07`].map(e=>`2024-01-${e}`),r=e<=this.today.slice(0,7);return a`
      <div class="row month">
        ${T(`before`,this.say(`month_before`),()=>this.month=Oe(e,-1),r)}
        <span class="grow" aria-live="polite">${t}</span>
        ${T(`after`,this.say(`month_after`),()=>this.month=Oe(e,1))}
      </div>
      <table aria-label=${t}>
        <thead>
          <tr>
            ${n.map(e=>a`<th scope="col" abbr=${this.words.date(e,{weekday:`long`})}>
                  ${this.words.date(e,{weekday:`narrow`})}
                </th>`)}
          </tr>
        </thead>
        <tbody>
          ${Ke(e,1).map(e=>a`<tr>${e.map(e=>a`<td>${this.cell(e)}</td>`)}</tr>`)}
        </tbody>
      </table>
    `}cell(t){if(!t)return e;let n=Se(this.exceptions,t),r=n!==void 0&&xe(n),i=this.words.date(t,{weekday:`long`,day:`numeric`,month:`long`}),o=[n&&!r&&`other`,t===this.today&&`today`,t===this.first&&`first`];return a`
      <button
        data-date=${t}
        class=${o.filter(Boolean).join(` `)}
        aria-pressed=${r}
        aria-label=${r?this.say(`day_off`,{date:i}):i}
        aria-current=${t===this.today?`date`:e}
        ?disabled=${t<this.today}
        @click=${()=>this.tap(t)}
      >
        ${Number(t.slice(8))}
      </button>
    `}tap(e){let{first:t}=this;this.tapped===`single`?this.emit(ye(this.exceptions,e)):t?(this.first=``,this.emit(qe(this.exceptions,t,e))):this.first=e}others(){let t=this.exceptions.filter(e=>(e.to??e.from)>=this.today);return t.length?a`<ul>
          ${t.map(e=>this.line(e))}
        </ul>`:e}line(e){let t=$e(this.words,e),n=Ie(this.words,e);return a`
      <li class="row">
        <span class="grow">${this.words.say(`page_hours_line`,{days:t,hours:n})}</span>
        ${T(`remove`,this.say(`remove_named`,{name:t}),()=>this.emit(this.exceptions.filter(t=>t!==e)))}
      </li>
    `}otherHours(e){let t=t=>this.entered={...e,...t},{first:n,last:r,from:i,to:o}=e,s=r&&r<n||i&&o&&Kn(o)<=i,c=n&&!!i==!!o&&!s;return _(this.say(`other_hours`),a`
        <div class="fields">
          ${Ne(this.home,this.say(`first_day`),n,e=>t({first:e}),{min:this.today})}
          ${Ne(this.home,this.say(`last_day`),r,e=>t({last:e}),{min:n||this.today})}
          <div class="row">
            ${E(this.home,this.say(`from`),i,e=>t({from:e}))}
            ${E(this.home,this.say(`to`),o,e=>t({to:e}))}
          </div>
        </div>
        ${s?C(`error`,this.say(`ends_early`)):a`<p class="soft">${this.say(`other_hours_says`)}</p>`}
      `,{main:v(this.say(`save`),()=>this.add(e),{kind:`main`,disabled:!c}),other:v(this.say(`cancel`),()=>this.entered=void 0,{kind:`text`})},()=>this.entered=void 0)}add({first:e,last:t,from:n,to:r}){let i=n&&r?[{from:n,to:Kn(r)}]:[];this.entered=void 0,this.emit(Ee(this.exceptions,{from:e,to:t||e,...i.length&&{windows:i}}))}emit(e){let t=e.filter(e=>(e.to??e.from)<this.today),n=e.filter(e=>!t.includes(e));this.dispatchEvent(new CustomEvent(`ca-exceptions`,{detail:n,bubbles:!0,composed:!0}))}};m([n({attribute:!1})],X.prototype,`home`,void 0),m([n({attribute:!1})],X.prototype,`words`,void 0),m([n({attribute:!1})],X.prototype,`exceptions`,void 0),m([n()],X.prototype,`today`,void 0),m([r()],X.prototype,`month`,void 0),m([r()],X.prototype,`tapped`,void 0),m([r()],X.prototype,`first`,void 0),m([r()],X.prototype,`entered`,void 0),X=m([o(`courier-access-days-off`)],X);function Kn(e){return e===`00:00`?`24:00`:e}var qn=[`binary_sensor`,`calendar`,`device_tracker`,`group`,`input_boolean`,`person`,`schedule`,`switch`],Z=class extends f{constructor(...e){super(...e),this.entities=[],this.name=``,this.heading=``}static{this.styles=[g,i`
      :host {
        margin-block-start: 16px;
      }
    `]}render(){return a`
      ${Qe(this.home,this.heading,qn,[...this.entities,...this.ours],e=>this.emit([...this.entities,e]))}
      <ul>
        ${this.entities.map(e=>a`
            <li class="row">
              <span class="grow">${this.nameOf(e)}</span>
              ${T(`remove`,this.words.say(`panel_remove_named`,{name:this.nameOf(e)}),()=>this.emit(this.entities.filter(t=>t!==e)))}
            </li>
          `)}
      </ul>
    `}get ours(){return Object.entries(this.home.entities??{}).flatMap(([e,t])=>t?.platform===`courier_access`?e:[])}nameOf(e){return this.home.states[e]?.attributes.friendly_name??e}emit(e){let t={[this.name]:e};this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:t,bubbles:!0,composed:!0}))}};m([n({attribute:!1})],Z.prototype,`home`,void 0),m([n({attribute:!1})],Z.prototype,`words`,void 0),m([n({attribute:!1})],Z.prototype,`entities`,void 0),m([n()],Z.prototype,`name`,void 0),m([n()],Z.prototype,`heading`,void 0),Z=m([o(`courier-access-linked`)],Z);var Q=class extends x{constructor(...e){super(...e),this.chosen=``,this.sending=0}willUpdate(e){let t=this.resident;if(!t)return;let n=e.get(`building`);!this.draft||this.draft.resident!==t.resident?(this.rules=void 0,this.draft=new ze(this.access,this.building.building,t.resident,e=>this.rules=e,e=>this.tell({text:this.words.refusal(e)})),this.draft.load()):n&&this.draft.load()}render(){let{resident:t,rules:n}=this;return t?n?a`
      ${A(this.building).length>1?this.choice():e}
      <div
        aria-busy=${this.sending>0}
        @ca-rules=${e=>this.change(e.detail)}
        @ca-consent=${e=>this.change({consent:e.detail})}
        @ca-week=${e=>this.change({windows:c(e.detail)})}
        @ca-exceptions=${e=>this.change({exceptions:e.detail})}
      >
        ${n.consent===`given`?e:a`<section>
              <h2>${this.words.say(`page_consent`)}</h2>
              ${this.consent(n)}
            </section>`}
        ${this.week(ie(u(n.windows)))}
        ${R(this.say(`days_off`),We(this.words,n.exceptions,this.today),a`<courier-access-days-off
            .home=${this.home}
            .words=${this.words}
            .exceptions=${n.exceptions}
            today=${this.today}
          ></courier-access-days-off>`)}
        ${this.couriers(n)}
        ${t.waits_for_confirmation||n.consent!==`given`?e:a`<courier-access-address-code
              .words=${this.words}
              .access=${this.access}
              .building=${this.building}
              .resident=${t}
            ></courier-access-address-code>`}
        ${this.conditions(n)} ${this.sharing(n)}
        ${n.consent===`given`?R(this.words.say(`page_consent`),a`<span data-consent="given">${this.words.say(`page_consent_given`)}</span>`,this.consent(n)):e}
      </div>
    `:a`<section>${w(this.say(`loading`))}</section>`:a`<section>${b(`locked`,this.say(`no_residence`))}</section>`}week(t){let n=ae(t);return R(this.words.say(`page_hours_heading`),dt(this.words,t),a`
        ${nt(this.words,de,n,e=>void this.change({windows:c(ee[e])}))}
        <courier-access-week .home=${this.home} .words=${this.words} .spans=${t}></courier-access-week>
        ${t.length?e:a`<p>${this.words.say(`page_hours_none`)}</p>`}
      `,!0)}get resident(){return A(this.building).find(({resident:e})=>e===this.chosen)??A(this.building)[0]}get today(){return new Intl.DateTimeFormat(`en-CA`,{timeZone:this.words.zone}).format(/* @__PURE__ */ new Date)}choice(){return a`
      <section>
        ${h(this.say(`which_unit`),this.resident?.resident,A(this.building).map(({resident:e,unit:t})=>({value:e,label:t})),e=>this.chosen=e)}
      </section>
    `}consent(e){return a`<courier-access-consent .words=${this.words} consent=${e.consent}></courier-access-consent>`}couriers(e){return R(this.say(`couriers`),Ye(this.words,this.building.couriers,e),a`<courier-access-attitudes
        .words=${this.words}
        .couriers=${this.building.couriers}
        .rules=${e}
      ></courier-access-attitudes>`)}conditions(e){let t=[...e.only_while,...e.never_while].map(e=>this.home.states[e]?.attributes.friendly_name??e);return R(this.say(`conditions`),t.join(`, `)||this.say(`conditions_none`),a`
        <p class="soft">${this.say(`conditions_says`)}</p>
        ${[`only_while`,`never_while`].map(t=>a`
            <courier-access-linked
              .home=${this.home}
              .words=${this.words}
              .entities=${e[t]}
              name=${t}
              heading=${this.say(t)}
            ></courier-access-linked>
          `)}
      `)}sharing(e){return R(this.say(`sharing`),tt(this.words,e),a`
        <div class="fields">
          ${rt(this.say(`share_hours`),e.share_hours,e=>void this.change({share_hours:e}))}
          ${E(this.home,this.say(`digest`),e.digest_at??``,e=>void this.change({digest_at:e||null}))}
        </div>
        <p class="soft">${this.say(`digest_says`)}</p>
      `)}async change(e){let{draft:t}=this;if(!t)return;this.sending++;let n=await t.change(e);this.sending--,n&&this.tell(Xe(this.words,e,()=>void this.undo(t)))}async undo(e){this.sending++,await e.undo(),this.sending--}};m([r()],Q.prototype,`chosen`,void 0),m([r()],Q.prototype,`rules`,void 0),m([r()],Q.prototype,`sending`,void 0),Q=m([o(`courier-access-hours`)],Q);var Jn=[`now`,`hours`,`entries`,`deliveries`],Yn=`building`,Xn=[`location-changed`,`popstate`],$=class extends f{constructor(...e){super(...e),this.narrow=!1,this.chosen=``,this.following=new pe(this),this.locate=()=>{this.show(new URLSearchParams(location.search).get(`building`)??this.chosen)},this.next={handleEvent:()=>this.told=void 0,capture:!0}}static{this.styles=[g,i`
      :host {
        min-height: 100%;
        background: var(--primary-background-color, #fafafa);
        padding-block-end: env(safe-area-inset-bottom);
      }
      header,
      nav {
        position: sticky;
        inset-block-start: 0;
        z-index: 4;
      }
      nav {
        inset-block-start: calc(var(--header-height, 56px) + env(safe-area-inset-top));
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
    `]}get hass(){return this.following.home}set hass(e){this.following.home=e}connectedCallback(){super.connectedCallback();for(let e of Xn)window.addEventListener(e,this.locate)}disconnectedCallback(){super.disconnectedCallback();for(let e of Xn)window.removeEventListener(e,this.locate);clearTimeout(this.fading)}willUpdate(e){e.has(`route`)&&(this.locate(),e.get(`route`)?.path!==this.route?.path&&(this.told=void 0))}show(e){e!==this.chosen&&(this.told=void 0),this.chosen=e}choose(e){this.show(e),history.replaceState(history.state,``,`${location.pathname}?building=${e}`)}render(){let{words:e}=this.following;if(!e)return a``;let t=this.current;return a`
      <header>
        ${Pe(this.hass,this.narrow,e.say(`panel_menu`),()=>this.toggleMenu())}
        <h1 class="grow">${t?.name??e.say(`panel_sidebar`)}</h1>
        ${this.choice(e)}
      </header>
      ${t?this.views(e.in(t.time_zone),t):a`<main>${this.nothing(e)}</main>`}
      <div role="status" aria-live="polite">${this.toast(e)}</div>
    `}get current(){let{all:e}=this.following;return e.find(({building:e})=>e===this.chosen)??e[0]}viewsOf(e){return Zn(e)?e.is_owner?A(e).length?[...Jn,Yn]:[Yn,...Jn.filter(e=>e!==`hours`)]:Jn:[Yn]}viewOf(e){let t=this.route?.path.replace(/^\//,``),n=this.viewsOf(e);return n.find(e=>e===t)??n[0]??`now`}nothing(e){if(this.following.failure)return C(`error`,this.following.failure);let t=e.say(this.following.absence);return this.following.buildings?b(`locked`,t):w(t)}choice(t){let{all:n}=this.following;return n.length<2?e:h(t.say(`panel_which_building`),this.current?.building,n.map(({building:e,name:t})=>({value:e,label:t})),e=>this.choose(e))}views(t,n){let r=this.viewOf(n);return a`
      <nav aria-label=${t.say(`panel_sidebar`)}>
        ${this.viewsOf(n).map(n=>a`
            <a
              href="/courier-access/${n}"
              aria-current=${n===r?`page`:e}
              @click=${e=>this.go(e,n)}
              >${t.say(`panel_view_${n}`)}</a
            >
          `)}
      </nav>
      <main @click=${this.next} @ca-told=${e=>this.tell(e.detail)}>
        ${this.following.failure?C(`error`,this.following.failure):e}
        ${Zn(n)&&!this.following.isReady(n)?C(`warning`,t.say(`panel_not_ready`)):e}
        ${Zn(n)&&r!==Yn?this.shown(t,n,r):a`<courier-access-building
              .home=${this.hass} .words=${t} .access=${this.following.access} .building=${n}
              .news=${this.following.ownersNews} .whole=${Zn(n)}
            ></courier-access-building>`}
      </main>
    `}shown(e,t,n){let{home:r,access:i,news:o}=this.following;switch(n){case`now`:return a`<courier-access-now
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${o}
        ></courier-access-now>`;case`hours`:return a`<courier-access-hours
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-hours>
          <courier-access-may-enter
            .home=${r} .words=${e} .access=${i} .building=${t}
            .couriers=${t.couriers.map(({courier:e,name:t})=>[e,t])}
            .doors=${t.doors.map(({door:e,name:t})=>[e,t])}
            .units=${Qn(t)}
            .own=${Qn(t)}
          ></courier-access-may-enter>`;case`entries`:return a`<courier-access-entries
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${o}
        ></courier-access-entries>`;case`deliveries`:return a`<courier-access-deliveries
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-deliveries>`}}go(e,t){e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),history.pushState(null,``,`/courier-access/${t}`),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}})),this.scrollIntoView())}toggleMenu(){this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}tell(e){clearTimeout(this.fading),this.told=e,this.fading=setTimeout(()=>this.told=void 0,1e4)}toast(t){let{told:n}=this;return n?a`
      <div class="told">
        <span class="grow">${n.text}</span>
        ${n.undo?a`<button
              @click=${()=>{this.told=void 0,n.undo?.()}}
            >
              ${t.say(`panel_undo`)}
            </button>`:e}
      </div>
    `:e}};m([n({type:Boolean,reflect:!0})],$.prototype,`narrow`,void 0),m([n({attribute:!1})],$.prototype,`route`,void 0),m([r()],$.prototype,`chosen`,void 0),m([r()],$.prototype,`told`,void 0),$=m([o(`courier-access-panel`)],$);function Zn(e){return`doors`in e}function Qn(e){return[...new Set(A(e).flatMap(e=>e.waits_for_confirmation?[]:e.unit))]}export{$ as Panel};