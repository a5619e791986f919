import{A as e,D as t,E as n,I as r,L as i,M as a,N as o,O as s,P as c,S as l,T as u,_ as d,a as f,b as p,d as ee,f as te,g as ne,h as m,j as h,k as g,l as re,m as ie,n as ae,o as oe,p as se,r as _,s as ce,t as le,u as ue,v as de,w as fe,x as pe,y as v}from"./following-7109ee7a.js";import{$ as y,A as me,B as he,C as ge,D as _e,E as ve,F as ye,G as b,H as be,I as xe,J as x,K as S,L as Se,M as Ce,N as we,O as Te,P as Ee,Q as C,R as De,S as Oe,T as ke,U as Ae,V as je,W as w,X as Me,Y as Ne,Z as Pe,_ as Fe,_t as Ie,a as Le,at as Re,b as ze,c as Be,ct as Ve,d as He,dt as T,et as Ue,f as E,ft as We,g as Ge,gt as Ke,h as qe,ht as Je,i as Ye,it as Xe,j as Ze,k as Qe,l as $e,lt as et,m as tt,mt as nt,n as rt,nt as D,o as it,ot as at,p as ot,pt as O,q as k,r as st,rt as A,s as ct,st as j,t as lt,tt as ut,u as dt,ut as M,v as ft,w as pt,x as mt,y as ht,z as gt}from"./now-f95d06bb.js";var _t=`important`,vt=` !`+_t,yt=Je(class extends Ke{constructor(e){if(super(e),e.type!==Ie.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[t]){let{style:n}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let e of this.ft)t[e]??(this.ft.delete(e),e.includes(`-`)?n.removeProperty(e):n[e]=null);for(let e in t){let r=t[e];if(r!=null){this.ft.add(e);let t=typeof r==`string`&&r.endsWith(vt);e.includes(`-`)||t?n.setProperty(e,t?r.slice(0,-11):r,t?_t:``):n[e]=r}}return o}}),bt=10,xt=5,St=60,Ct=60,wt=44,Tt={from:`08:00`,to:`18:00`},Et=[0,1,2,3,4],Dt=[...Et,5,6],N=class extends h{constructor(...e){super(...e),this.spans=[],this.within=[]}static{this.styles=[x,i`
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
      .outside {
        position: absolute;
        inset-block: 0;
        background: repeating-linear-gradient(
          135deg,
          color-mix(in srgb, var(--primary-text-color, #141414) 28%, transparent) 0 2px,
          color-mix(in srgb, var(--primary-text-color, #141414) 8%, transparent) 2px 8px
        );
        pointer-events: none;
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
        width: 4em;
        margin-inline-start: -2em;
        font-size: 0.75rem;
        text-align: center;
      }
    `]}render(){let e=this.shown??this.spans;return c`
      <p class="soft">${this.say(`week_how`)}</p>
      <p class="quiet" id="keys">${this.say(`week_keys`)}</p>
      <div class="scale" aria-hidden="true">
        <div class="hours">
          ${[0,6,12,18,24].map(e=>c`<span style=${yt({"inset-inline-start":`${e/24*100}%`})}>${this.words.hour(e)}</span>`)}
        </div>
      </div>
      ${t.map((t,n)=>this.day(t,n,e))}
      ${this.edited?this.editor(this.edited):a}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}day(e,t,n){let r=this.words.say(`page_${e}`),i=n.filter(e=>e.day===t),o=i.map(({from:e,to:t})=>this.words.hours(e,t)),s=d(i,o.map(e=>Ct+wt*e.length));return c`
      <div class="day" role="group" aria-label=${r}>
        <span class="name" title=${r}>${Pe(this.words,t)}</span>
        <div class="place">
          <div
            class="track"
            data-day=${t}
            @pointerdown=${e=>this.begin(e,t)}
            @pointermove=${e=>this.follow(e)}
            @pointerup=${e=>this.end(e)}
            @pointercancel=${()=>this.leave()}
          >
            ${ie(this.within,t).map(({from:e,to:t})=>c`<div class="outside" style=${yt({"inset-inline-start":P(e),width:P(t-e)})}></div>`)}
            ${i.map(e=>this.window(e,r))}
            ${i.map((e,t)=>this.label(e,s[t],o[t]))}
          </div>
          ${this.held?.day===t?this.bubble(this.held):a}
        </div>
        ${at(`add`,this.say(`week_add`,{day:r}),()=>this.add(t))}
      </div>
    `}label({from:e,to:t},n,r){if(n===void 0||n===`nowhere`)return a;let i={in:{"inset-inline-start":P(e),width:P(t-e)},before:{"inset-inline-end":P(f-e)},after:{"inset-inline-start":P(t)}}[n];return c`<span class="label" aria-hidden="true" style=${yt(i)}>${r}</span>`}bubble({from:e,to:t}){let n=Math.min(f*.85,Math.max(f*.15,(e+t)/2));return c`<span class="bubble" aria-hidden="true" style=${yt({"inset-inline-start":P(n)})}
      >${this.words.hours(e,t)}</span
    >`}window(e,t){let n=this.chosen?.day===e.day&&this.chosen.from===e.from,r=e.from===0&&e.to===1440;return c`
      <button
        class="window ${n?`chosen`:``}"
        data-from=${re(e.from)}
        data-to=${re(e.to)}
        aria-haspopup="dialog"
        aria-describedby="keys"
        aria-label=${r?this.words.say(`page_hours_line`,{days:t,hours:this.say(`all_day`)}):this.say(`week_window`,{day:t,from:this.words.clock(e.from),to:this.words.clock(e.to)})}
        style=${yt({"inset-inline-start":P(e.from),width:P(e.to-e.from)})}
        @click=${()=>this.edit(e)}
        @keydown=${t=>this.key(t,e)}
      ></button>
    `}edit(e){let t=e.from===0&&e.to===1440,n=t?Tt:{from:re(e.from),to:re(e.to%f)};this.chosen={day:e.day,from:e.from},this.edited={span:e,isWhole:t,...n,onto:[]}}editor(e){let{span:n,isWhole:r,from:i,to:o}=e,s=t=>this.edited={...e,...t},l=Ot(e);return D(this.words.say(`page_${t[n.day]??`monday`}`),c`
        ${We(this.say(`all_day`),r,e=>s({isWhole:e}))}
        ${r?a:c`<div class="row">
              ${T(this.home,this.say(`from`),i,e=>s({from:e}),{required:!0})}
              ${T(this.home,this.say(`to`),o,e=>s({to:e}),{required:!0})}
            </div>`}
        ${i&&o&&!l?C(`error`,this.say(`ends_early`)):a} ${this.copies(e,s)}
      `,{main:y(this.say(`save`),()=>l&&this.keep(e,l),{kind:`main`,disabled:!l}),other:y(this.say(`delete`),()=>this.keep(e,void 0),{kind:`stop`})},()=>this.edited=void 0)}copies({span:e,onto:t},n){let r=(r,i)=>{let a=i.filter(t=>t!==e.day),o=a.every(e=>t.includes(e)),s=t.filter(e=>!a.includes(e));return c`<button aria-pressed=${o} @click=${()=>n({onto:o?s:[...s,...a]})}>
        ${r}
      </button>`};return c`
      <h3 id="copy">${this.say(`copy`)}</h3>
      <div class="chips" role="group" aria-labelledby="copy">
        ${r(this.words.say(`page_every_day`),Dt)} ${r(this.say(`workdays`),Et)}
        ${Dt.filter(t=>t!==e.day).map(e=>r(Pe(this.words,e),[e]))}
      </div>
    `}keep({span:e,onto:t},n){let r=te(this.spans,e.day,e.from);this.edited=void 0,n?this.emit(ue(this.choose(r,n),e.day,t)):this.change(r,void 0),this.focusOn(e.day)}add(e){let t=l(this.spans,e);t&&this.change(void 0,t),this.focusOn(e)}key(e,t){let n=getComputedStyle(this).direction===`rtl`?`ArrowLeft`:`ArrowRight`,r=n===`ArrowLeft`?`ArrowRight`:`ArrowLeft`,i={[n]:15,[r]:-15}[e.key],a=t;if(i!==void 0)a=e.shiftKey?pe(t,`to`,t.to+i):ne(t,t.day,t.from+i);else if(e.key===`ArrowDown`||e.key===`ArrowUp`)a=ne(t,t.day+(e.key===`ArrowDown`?1:-1),t.from);else if(e.key===`Delete`||e.key===`Backspace`)a=void 0;else return;e.preventDefault(),this.change(t,a),this.focusOn(a?.day??t.day)}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelectorAll(`.day`)[e]?.querySelector(`.window.chosen, ha-icon-button, .only-icon`)?.focus()})}begin(e,t){if(e.button!==0||this.drag)return;let n=e.target,r=e.currentTarget,i=this.minuteOf(e,r),a=n.classList.contains(`window`)?te(this.spans,t,this.inside(i)):void 0;this.drag={grip:a?this.grip(e,n):`draw`,pointer:e.pointerId,began:{x:e.clientX,at:i},span:a,row:t,moves:!1},r.setPointerCapture(e.pointerId)}follow(e){let{drag:t}=this;t?.pointer===e.pointerId&&(t.moves||=Math.abs(e.clientX-t.began.x)>xt||this.rowOf(e)!==t.row,t.moves&&(this.held=this.dragged(t,e),this.shown=p(this.spans,t.span,this.held)))}end(e){let{drag:t}=this;t?.pointer===e.pointerId&&(this.leave(),t.moves?this.change(t.span,this.dragged(t,e)):t.span?this.edit(t.span):this.change(void 0,ee(t.row,t.began.at,t.began.at+St)))}leave(){this.drag=void 0,this.shown=this.held=void 0}dragged(e,t){let n=this.minuteOf(t,t.currentTarget),{span:r}=e;return r?e.grip===`move`?ne(r,this.rowOf(t)??e.row,r.from+n-e.began.at):pe(r,e.grip===`from`?`from`:`to`,n):ee(e.row,e.began.at,n)}grip(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect();if(i<30)return`move`;let[a,o]=this.isRightToLeft?[`to`,`from`]:[`from`,`to`];return e.clientX-n<bt?a:r-e.clientX<bt?o:`move`}get isRightToLeft(){return getComputedStyle(this).direction===`rtl`}minuteOf(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect(),a=this.isRightToLeft?r-e.clientX:e.clientX-n;return Math.min(f,Math.max(0,a/i*f))}inside(e){return Math.min(f-1,Math.floor(e))}rowOf(e){let t=[...this.renderRoot.querySelectorAll(`.track`)].findIndex(t=>{let{top:n,bottom:r}=t.getBoundingClientRect();return n<=e.clientY&&e.clientY<=r});return t<0?this.drag?.row:t}change(e,t){this.emit(this.choose(e,t))}choose(e,t){let n=p(this.spans,e,t),r=t&&te(n,t.day,t.from);return this.chosen=r&&{day:r.day,from:r.from},n}emit(e){this.spans=e,this.dispatchEvent(new CustomEvent(`ca-week`,{detail:e,bubbles:!0,composed:!0}))}};_([g({attribute:!1})],N.prototype,`home`,void 0),_([g({attribute:!1})],N.prototype,`words`,void 0),_([g({attribute:!1})],N.prototype,`spans`,void 0),_([g({attribute:!1})],N.prototype,`within`,void 0),_([s()],N.prototype,`shown`,void 0),_([s()],N.prototype,`held`,void 0),_([s()],N.prototype,`chosen`,void 0),_([s()],N.prototype,`edited`,void 0),N=_([e(`courier-access-week`)],N);function Ot({span:{day:e},isWhole:t,from:n,to:r}){if(t)return{day:e,from:0,to:f};if(!n||!r)return;let i={day:e,from:m(n),to:m(r)||1440};return i.from<i.to?i:void 0}function P(e){return`${e/f*100}%`}var kt={unauthenticated:`signature`,malformed:`form`,unsupported:`form`,too_large:`form`,slow_body:`form`,id_reused:`form`,in_flight:`often`,rate_limited:`often`,door_busy:`door`,door_unavailable:`door`,not_ready:`building`,ledger_unavailable:`building`,clock_untrusted:`building`};function At(e){let t=kt[e];return t?`panel_problem_${t}`:`notification_reason_${e}`}function jt({consent:e,on_paper:t}){return t?e===`given`?`given_on_paper`:`refused_on_paper`:e}function Mt(e){return!e.has_way||!!e.unreachable_since}function Nt(e,t){return e.residents.find(({resident:e})=>e===t.subject)}var Pt=[`ledger_altered`,`ledger_set_aside`,`ledger_missing`];function Ft({issues:e,record:{kept_out_by:t}}){let n=e.find(e=>Pt.includes(e.kind));return t===`ledger_restored`&&n?n.kind:t}function It(e){let t=Ft(e),n=e=>Number(e.kind===t);return[...e.issues].sort((e,t)=>n(t)-n(e))}function Lt(e,t){let[n,r]=e<1e6?[Math.max(1,Math.round(e/1e3)),`kilobyte`]:[e/1e6,`megabyte`];return new Intl.NumberFormat(t,{style:`unit`,unit:r,maximumFractionDigits:1}).format(n)}function Rt(e,t){return JSON.stringify(v(e))===JSON.stringify(v(t))}var F=class extends S{constructor(...e){super(...e),this.kept={},this.busy=!1}willUpdate(e){e.has(`kept`)&&this.drawn&&Rt(this.drawn,this.kept)&&(this.drawn=void 0)}render(){let e=this.drawn??this.kept,t=!Rt(e,this.kept);return c`
      <section aria-busy=${this.busy}>
        <h2>${this.say(`building_hours`)}</h2>
        <p class="soft">${this.say(`building_hours_says`)}</p>
        ${this.words.readerIsElsewhere?C(`warning`,this.say(`elsewhere`,{zone:this.words.zone})):a}
        <courier-access-week
          .home=${this.home}
          .words=${this.words}
          .spans=${se(v(e))}
          @ca-week=${e=>this.drawn=fe(e.detail)}
        ></courier-access-week>
        ${Object.keys(e).length?a:c`<p>${this.say(`building_hours_none`)}</p>`}
        <div class="row">
          ${y(this.say(`save`),()=>void this.keep(e),{kind:`main`,disabled:!t||this.busy})}
          ${y(this.say(`cancel`),()=>this.drawn=void 0,{kind:`text`,disabled:!t||this.busy})}
        </div>
      </section>
    `}async keep(e){let t=this.kept;this.busy=!0;let n=await this.act(()=>this.access.setHours(this.building.building,e));this.busy=!1,n&&(this.kept=e,this.drawn=void 0,this.tell({text:this.say(`kept`,{what:this.say(`building_hours`)}),undo:()=>void this.keep(t)}))}};_([g({attribute:!1})],F.prototype,`kept`,void 0),_([s()],F.prototype,`drawn`,void 0),_([s()],F.prototype,`busy`,void 0),F=_([e(`courier-access-building-hours`)],F);var zt={unchanged:`status good`,older:`soft`},Bt=class extends S{constructor(...e){super(...e),this.busy=!1,this.asked=0}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.asked++,this.found=void 0,this.busy=!1)}render(){return c`
      <section>
        <h2>${this.words.say(`page_check`)}</h2>
        <p>${this.words.say(`page_check_says`)}</p>
        <label for="notification">${this.words.say(`page_check_notification`)}</label>
        <textarea id="notification" rows="2" autocomplete="off"></textarea>
        ${y(this.words.say(`page_check_button`),()=>this.check(),{disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      </section>
    `}answer(e){return c`
      ${this.record(e)}
      ${e.notifications?e.notifications.map(({record:e,standing:t})=>c`
              <p class="${zt[t]??`status bad`}">
                ${this.words.say(`page_standing_${t}`,{record:e})}
              </p>
            `):c`<p class="soft">${this.words.say(`page_checked_alone`)}</p>`}
    `}record(e){return e.intact?e.notifications?.some(({standing:e})=>!(e in zt))?a:c`<p class="status good">${this.words.say(`page_checked_intact`,{count:e.records})}</p>`:c`<p class="status bad">
        ${this.words.say(`page_checked_broken`,{record:e.broken_at??0})}
      </p>`}async check(){let e=this.renderRoot.querySelector(`textarea`),t=++this.asked;this.busy=!0,await this.act(async()=>{this.found=void 0;let n=await this.access.verify(this.building.building,e?.value.trim()??``);t===this.asked&&(this.found=n)}),t===this.asked&&(this.busy=!1)}};_([s()],Bt.prototype,`found`,void 0),_([s()],Bt.prototype,`busy`,void 0),Bt=_([e(`courier-access-check`)],Bt);var Vt=`/config/repairs`,Ht=`/config/network`,Ut=`/config/cloud`,Wt=3,Gt=[`nothing`,`not_https`];function Kt(e){return e.available?e.left_open?`left_open`:e.position===`jammed`?`door_jammed`:void 0:`door_unavailable`}function qt(e,t=[]){if(e.enabled){if(!e.doors.length)return`courier_no_doors`;if(e.keys.length)return e.reach===`not_https`?`courier_not_https`:e.reach===`nothing`||e.reach===`cloud_gone`?`courier_cut_off`:Yt(e)?`courier_refused`:e.uses_newest_key===!1?`courier_old_key`:t.includes(e.courier)?`courier_never_heard`:void 0}}var Jt=[`unauthenticated`,`malformed`,`unsupported`,`too_large`];function Yt({last_refusal:e,last_contact:t}){return e!==null&&Jt.includes(e.why)&&(t===null||t<e.at)}function Xt(e){return Mt(e)?`unreachable`:e.consent===`not_given`?`consent_not_given`:void 0}function Zt(e,t,n=!1){return new Qt(e,t).all(n?[`no_residents`,`no_consent`,`consent_not_given`]:[])}var Qt=class{constructor(e,t){this.owned=e,this.words=t,this.edit=w(e)}all(e){return[...this.keptOut(),...this.issues(),...this.address(),...this.doors(),...this.couriers(),...this.residents()].filter(({kind:t})=>!e.includes(t))}say(e,t){return this.words.say(`panel_${e}`,t)}has(e,t){return this.owned.issues.some(n=>n.kind===e&&(t===void 0||n.subject===t))}keptOut(){let e=Ft(this.owned);return e===null||this.has(e)?[]:[{kind:e,name:this.say(`record`),says:this.words.issue(e,`title`,{building:this.owned.name}),href:Vt}]}issues(){return It(this.owned).filter(({kind:e})=>e!==`no_external_url`||!this.unreachable.length).map(e=>this.issue(e))}issue(e){let{kind:t,placeholders:n}=e,r=Nt(this.owned,e);return{kind:t,name:this.words.issue(t,`title`,n),says:r?this.named(r):``,...!e.is_fixable&&{more:this.words.issue(t,`description`,n)},href:{no_external_url:Ht,cloud_address_gone:Ut,no_residents:this.edit,no_responsible:this.edit}[t]??`/config/repairs`}}get unreachable(){return this.owned.couriers.filter(({enabled:e,keys:t,reach:n})=>e&&t.length&&Gt.includes(n))}address(){let[e]=this.unreachable;if(!e)return[];let t=this.unreachable.map(({name:e})=>e);return[{kind:`address`,name:this.list(t),says:this.say(`reach_${e.reach}`),href:Ht}]}doors(){return this.owned.doors.flatMap(e=>{let t=Kt(e);return!t||this.has(`opener_offline`,e.door)||this.has(`opener_removed`,e.door)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`left_open`?b(this.owned,`entries`):this.edit}]})}couriers(){return this.owned.couriers.flatMap(e=>{let t=qt(e,this.owned.never_heard);if(!t||Gt.includes(e.reach))return[];let n={courier_cut_off:`cloud_address_gone`,courier_old_key:`key_ending`}[t];return n&&this.has(n,e.courier)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`courier_cut_off`?Ut:this.edit}]})}residents(){let e=this.owned.residents.filter(e=>Mt(e)&&!this.has(`resident_unreachable`,e.resident)),t=this.has(`no_consent`)?[]:this.owned.residents.filter(({consent:e})=>e===`not_given`);return[...this.people(`unreachable`,e),...this.people(`consent_not_given`,t)]}people(e,t){return t.length?[{kind:e,name:this.list(t.map(e=>this.named(e))),says:this.say(e),href:this.edit}]:[]}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}list(e){let t=e.length-Wt;return e.slice(0,Wt).join(`; `)+(t>0?`; +${t}`:``)}},$t={good:`good`,bad:`alert`,plain:`plain`};function I(e){let{tone:t,name:n,says:r,link:i,more:o=a}=e,s=c`<span class="name">${n}</span><span class="says ${e.isSaidOnly?`quiet`:``}">${r}</span>`;return c`
    <div class="item ${t}">
      ${O(e.icon??$t[t])}
      ${o===a?c`<div class="words">${s}</div>`:c`<details>
            <summary class="words">${s}${O(`open`)}</summary>
            ${o}
          </details>`}
      ${i?c`<a class="to" href=${i.href} aria-label=${i.label} @click=${e=>en(e,i)}
            >${i.text}</a
          >`:a}
    </div>
  `}function en(e,{go:t}){t&&(e.preventDefault(),t())}var tn=i`
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
`,L=class extends S{constructor(...e){super(...e),this.neverHeard=[],this.withoutConsent=[],this.busy=!1}static{this.styles=[S.styles,tn]}render(){let{courier:e}=this,t=qt(e,this.neverHeard);return I({tone:t?`bad`:e.enabled&&e.keys.length?`good`:`plain`,name:e.name,says:this.state(t),more:c`
        ${e.doors.length?c`<p>${this.say(`courier_doors`,{doors:e.doors.join(`, `)})}</p>`:a}
        ${this.refusedWithoutConsent()}
        ${e.keys.length?this.messages(e):c`<p>${this.say(`key_none`)}</p>`}
      `,link:{href:w(this.building),text:this.say(`edit`),label:`${this.say(`edit`)}: ${e.name}`}})}refusedWithoutConsent(){if(!this.withoutConsent.length)return a;let e=this.withoutConsent.map(({day:e,count:t})=>`${this.words.date(e,{day:`numeric`,month:`short`})}: ${t}`);return c`<p data-without-consent>${this.say(`courier_without_consent`,{days:e.join(` · `)})}</p>`}show(){let e=this.renderRoot.querySelector(`details`);e&&(e.open=!0,this.scrollIntoView({block:`center`}),e.querySelector(`summary`)?.focus())}state(e){let{enabled:t,keys:n,last_contact:r}=this.courier;return t?e?this.say(e):n.length?r?this.say(`last_contact`,{time:this.words.moment(r)}):this.say(`courier_quiet`):this.say(`courier_without_key`):this.say(`courier_disabled`)}messages(e){return c`
      <p data-reach=${e.reach}>${this.say(`reach_${e.reach}`)}</p>
      ${e.keys.map(({kind:t,ends_at:n})=>c`
          <p>
            ${this.say(`key_${t}`)} ${n?this.say(`key_ends`,{time:this.words.moment(n)}):a}
            ${!n&&e.uses_newest_key===!1?this.say(`key_unused`):a}
          </p>
        `)}
      <p class="soft">
        ${e.last_contact?this.say(`last_contact`,{time:this.words.moment(e.last_contact)}):this.say(`never_heard`)}
        ${this.refusals()}
      </p>
      ${y(this.say(`test`),()=>this.test(),{disabled:this.busy})}
      <div role="status">${this.tried?this.answer(this.tried):``}</div>
    `}refusals(){let{refusals:e,last_refusal:t}=this.courier;return t?this.say(`refusals`,{count:e,time:this.words.moment(t.at),why:this.words.say(At(t.why))}):``}answer({found:e,why:t}){let n=e===`good`||e===`answers`;return c`
      <p class="status ${n?`good`:`bad`}" data-found=${e}>
        ${this.say(`found_${e}`)} ${t?this.words.say(At(t)):a}
        ${n&&this.courier.reach===`nothing`?this.say(`found_inside`):a}
      </p>
    `}async test(){this.busy=!0,this.tried=void 0,await this.act(async()=>{this.tried=await this.access.test(this.building.building,this.courier.courier)}),this.busy=!1}};_([g({attribute:!1})],L.prototype,`courier`,void 0),_([g({attribute:!1})],L.prototype,`neverHeard`,void 0),_([g({attribute:!1})],L.prototype,`withoutConsent`,void 0),_([s()],L.prototype,`tried`,void 0),_([s()],L.prototype,`busy`,void 0),L=_([e(`courier-access-courier`)],L);function R(e,t,n,r=!1){return c`
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
  `}var nn=[`announced`,`not_today`,`not_accepted`];function rn(e,t){let{silent_since:n,changed_at:r,left_out:i}=t,a=[],o=t=>Se(e,t,Date.now());return n===null?r!==null&&a.push(e.say(`panel_orders_works`,{time:o(r)})):a.push(e.say(`panel_orders_silent`,{time:o(n)})),i>0&&a.push(e.say(`panel_orders_left_out`,{count:i})),a.join(` · `)}function an(e,{missing:t,name:n}){return t===`disabled`?e.say(`panel_orders_disabled`,{name:n??``}):t===`removed`?e.say(`panel_orders_removed`):void 0}function on(e,{parcels:t=[],silent_sources:n=[]}){let r=t===null?`panel_check_parcels_unknown`:`panel_check_parcels_none`;return c`
    <h3>${e.say(`panel_check_parcels`)}</h3>
    ${t===null||!(t.length||n.length)?c`<p>${e.say(r)}</p>`:a}
    <ul data-parcels>
      ${cn(e,t??[]).map(({name:e,says:t})=>c`<li><strong>${e}</strong> <br />${t}</li>`)}
      ${n.map(t=>c`<li>${an(e,t)??sn(e,t)}</li>`)}
    </ul>
  `}function sn(e,{name:t,silent_since:n}){return e.say(`panel_check_silent`,{name:t??``,time:n===null?``:e.moment(n)})}function cn(e,t){let n=/* @__PURE__ */ new Map;for(let r of t){let t=[r.order,r.courier,r.parcel===null,ln(e,r)].join();n.set(t,[...n.get(t)??[],r])}return[...n.values()].flatMap(t=>{let[n]=t;if(!n)return[];let r=t.map(({parcel:t})=>t??e.say(`panel_check_counted`));return{name:`${n.courier??`–`}: ${r.join(`, `)}`,says:ln(e,n)}})}function ln(e,t){let{becomes:n,starts_at:r,ends_at:i}=t,a=e.say(`panel_becomes_${n}`,{span:r&&i?e.span(r,i):``,count:t.most_per_day,let_in:e.say(`notification_action_let_in`),rules:e.say(`panel_view_hours`),deliveries:e.say(`panel_view_deliveries`)}),o=t.always_asks&&n===`announced`?` ${e.say(`panel_becomes_asks`)}`:``,{unregistered_carrier:s,courier:c}=t,l=s!==null&&c!==null&&nn.includes(n);return a+o+(l?` ${e.say(`panel_becomes_stands_in`,{carrier:s,courier:c})}`:``)}var z=class extends S{constructor(...e){super(...e),this.couriers=[],this.doors=[],this.hours={},this.units=[],this.own=[],this.chosen={},this.busy=!1,this.asked=0}static{this.styles=[S.styles,i`
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
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&this.forget()}render(){return!this.couriers.length||!this.doors.length||!this.units.length?a:R(this.say(`check_access`),``,c`
        <p class="soft">${this.say(`check_says`)}</p>
        <div class="fields">
          ${this.select(`courier`,this.say(`orders_courier`))} ${this.select(`unit`,this.say(`which_unit`))}
          ${this.select(`door`,this.say(`orders_door`))}
          ${this.isOwn?this.moment(this.at??this.now):a}
        </div>
        ${y(this.say(`check`),()=>this.check(),{kind:`main`,disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      `)}get isOwn(){return this.own.includes(this.selected(`unit`)?.[0]??``)}moment(e){return c`
      ${ut(this.home,this.words.say(`page_day`),e.day,t=>this.ask({at:{...e,day:t}}),{required:!0})}
      ${T(this.home,this.say(`check_at`),e.time,t=>this.ask({at:{...e,time:t}}),{required:!0})}
    `}get now(){return this.words.wall((/* @__PURE__ */ new Date()).toISOString())}select(e,t){let n=this.choices(e);return n.length<2?a:M(t,this.selected(e)?.[0],n.map(([e,t])=>({value:e,label:t})),t=>this.ask({chosen:{...this.chosen,[e]:t}}))}choices(e){return e===`unit`?this.units.map(e=>[e,e]):e===`courier`?this.couriers:this.doors}selected(e){let t=this.choices(e);return t.find(([t])=>t===this.chosen[e])??t[0]}ask(e){e.at?.day&&e.at.time&&(this.at=e.at),e.chosen&&(this.chosen=e.chosen),this.forget()}forget(){this.asked++,this.found=void 0,this.busy=!1}answer({check:e,all:t}){let n=De(e);return c`
      <p class="status ${n===`yes`?`good`:``}" data-answer=${n}>
        <strong>${this.say(`check_${n}`,{courier:e.courier})}</strong><br />
        ${he(this.words,this.home.states,e,this.hours)}
      </p>
      ${t.parcels!==void 0&&this.own.includes(e.unit)?on(this.words,t):a}
    `}async check(){let[e,t,n]=[`courier`,`unit`,`door`].map(e=>this.selected(e));if(!e||!t||!n)return;let[,r]=e;this.forget();let{asked:i}=this;this.busy=!0,await this.act(async()=>{let e=this.isOwn&&this.at&&`${this.at.day}T${this.at.time}`,a=await this.access.check(this.building.building,n[0],t[0],e||void 0);if(i!==this.asked)return;let o=a.checks.find(e=>e.courier===r)??{courier:r,unit:t[0],admitted:!1,reason:`door_not_allowed`,because:[]};this.found={check:o,all:a}}),i===this.asked&&(this.busy=!1)}};_([g({attribute:!1})],z.prototype,`couriers`,void 0),_([g({attribute:!1})],z.prototype,`doors`,void 0),_([g({attribute:!1})],z.prototype,`hours`,void 0),_([g({attribute:!1})],z.prototype,`units`,void 0),_([g({attribute:!1})],z.prototype,`own`,void 0),_([s()],z.prototype,`chosen`,void 0),_([s()],z.prototype,`at`,void 0),_([s()],z.prototype,`found`,void 0),_([s()],z.prototype,`busy`,void 0),z=_([e(`courier-access-may-enter`)],z);var un=[`door`,`courier`,`resident`,`consent`,`hours`,`entry`],dn=[`consent`,`hours`,`entry`];function fn(e,t){switch(t){case`door`:return e.doors.length>0;case`courier`:return e.couriers.some(({enabled:e,doors:t})=>e&&t.length>0);case`resident`:return e.residents.length>0;case`consent`:return e.residents.some(({consent:e})=>e===`given`);case`hours`:return e.has_residents_hours;case`entry`:return e.ever_admitted===!0}}function pn(e){return e.ever_admitted===!1}function mn(e){return un.find(t=>!fn(e,t))}var hn=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],gn=[`locked`,`locking`],_n={door:`panel_orders_door`,courier:`panel_orders_courier`,resident:`panel_residents`,consent:`csv_resident_consent`,hours:`page_time`,entry:`panel_setup_entry`},vn={on:`panel_page_on`,unreachable:`panel_page_unreachable`,codes_off:`panel_page_codes_off`,none:`panel_page_none`},yn=1800,B=class extends S{constructor(...e){super(...e),this.news=0,this.whole=!0,this.reading=0}static{this.styles=[S.styles,tn,i`
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
    `]}connectedCallback(){super.connectedCallback(),this.renewing=setInterval(()=>void this.read(),yn*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.renewing)}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.owned=void 0),(e.has(`news`)||e.has(`building`))&&this.read()}async read(){let e=++this.reading;try{let t=await this.access.owned(this.building.building);e===this.reading&&(this.owned=t)}catch(e){this.owned||this.tell({text:this.words.refusal(e)})}}render(){let{owned:e}=this;return e?c`
      ${pn(e)?this.setup(e):a} ${this.required(e)}
      <courier-access-may-enter
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .couriers=${e.couriers.map(({courier:e,name:t})=>[e,t])}
        .doors=${e.doors.map(({door:e,name:t})=>[e,t])}
        .hours=${e.hours}
        .units=${this.whole?xn(e):[]}
        .own=${bn(this.building)?k(this.building).map(({unit:e})=>e):[]}
      ></courier-access-may-enter>
      ${this.doors(e)} ${this.couriers(e)} ${this.otherAccess(e)} ${this.residents(e)} ${this.links(e)} ${this.record(e)}
      <courier-access-building-hours
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .kept=${e.hours}
      ></courier-access-building-hours>
    `:c`<section>${j(this.say(`loading`))}</section>`}setup(e){let t=mn(e);return c`
      <section data-setup=${t??``}>
        <h2>${this.say(`setup`)}</h2>
        <ol class="rows">
          ${un.map(n=>c`<li data-step=${n}>${this.step(e,n,n===t)}</li>`)}
        </ol>
      </section>
    `}step(e,t,n){let r=fn(e,t),i=this.words.say(_n[t]);return I({tone:r?`good`:`plain`,name:i,says:r?this.say(`setup_done`):n&&dn.includes(t)?this.say(`setup_${t}_says`):``,isSaidOnly:r,link:n?{...this.link(this.placeOf(t),this.say(`setup_next`),i),...this.test(e,t)}:void 0})}placeOf(e){let{building:t}=this;return e===`entry`?bn(t)&&ke(t)?Ae(t):b(t,`deliveries`):e===`consent`&&this.isResident?b(t,`now`):e===`hours`&&this.isResident?b(t,`hours`):w(t)}test({couriers:e},t){let n=e.find(({enabled:e,keys:t})=>e&&t.length);if(t!==`entry`||this.isResident||!n)return{};let r=()=>this.renderRoot.querySelector(`[data-courier="${n.courier}"] > *`);return{go:()=>r()?.show()}}get isResident(){return bn(this.building)&&k(this.building).length>0}required(e){let t=Zt(e,this.words,pn(e));return c`
      <section>
        <h2>${this.say(`needs_you`)}</h2>
        ${t.length?c`<ul class="rows">
              ${t.map(e=>this.action(e))}
            </ul>`:c`<p class="status good">${this.say(`needs_nothing`)}</p>`}
      </section>
    `}action({kind:e,name:t,says:n,more:r,href:i}){return c`
      <li data-issue=${e}>
        ${I({tone:`bad`,name:t,says:n,more:r?c`<p class="text">${r}</p>`:a,link:this.link(i,this.say(`fix`),t)})}
      </li>
    `}link(e,t,n){return{href:e,text:t,label:`${t}: ${n}`}}edit(e){return this.link(w(this.building),this.say(`edit`),e)}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}couriers(e){return c`
      <section>
        <h2>${this.say(`couriers`)}</h2>
        ${e.couriers.length?c`<ul class="rows">
              ${e.couriers.map(t=>c`
                  <li data-courier=${t.courier}>
                    <courier-access-courier
                      .home=${this.home}
                      .words=${this.words}
                      .access=${this.access}
                      .building=${this.building}
                      .courier=${t}
                      .neverHeard=${e.never_heard??[]}
                      .withoutConsent=${e.without_consent?.[t.courier]??[]}
                    ></courier-access-courier>
                  </li>
                `)}
            </ul>`:c`<p>${this.words.say(`page_lobby_couriers_none`)}</p>`}
      </section>
    `}doors(e){return c`
      <section>
        <h2>${this.say(`doors`)}</h2>
        <ul class="rows">
          ${e.doors.map(e=>this.door(e))}
        </ul>
      </section>
    `}door(e){let t=hn.includes(e.position)?e.position:`unavailable`,n=Kt(e),r=n?`alert`:gn.includes(t)?`locked`:`unlocked`;return c`
      <li data-door=${e.door}>
        ${I({tone:n?`bad`:r===`locked`?`good`:`plain`,icon:r,name:e.name,says:this.say(n??`door_${t}`),more:c`
            ${e.available?a:c`<p>${this.unavailable(e)}</p>`}
            <p class="soft">
              ${this.opener(e)} ${this.say(`unlock_seconds`,{seconds:e.unlock_seconds})}
              ${this.say(e.contact?`contact_${e.contact}`:`contact_none`)}
            </p>
            <p class="soft" data-page=${e.page??``}>${this.words.say(vn[e.page??`none`])}</p>
            ${e.doorbells.map(e=>c`<p class="soft">${this.bell(e)}</p>`)}
          `,link:this.edit(e.name)})}
      </li>
    `}otherAccess({other_access:e,issues:t}){if(!e.length)return a;let n=e=>t.some(({kind:t,subject:n})=>t===`observed_lost`&&n===e);return c`
      <section>
        <h2>${this.say(`other_access`)}</h2>
        <ul class="rows">
          ${e.map(({source:e,name:t,door:r})=>c`<li data-access=${e}>
                ${I({tone:n(e)?`bad`:`plain`,name:t,says:r??``,link:this.edit(t)})}
              </li>`)}
        </ul>
      </section>
    `}opener({opener:e}){if(e===null)return``;let t=this.home.states[e]?.attributes.friendly_name??e;return this.say(`opener`,{name:t})}bell(e){let{name:t,rang_at:n,unavailable_since:r}=e;return t===null?this.say(`bell_missing`):r===null?n===null?this.say(`bell_quiet`,{name:t}):[this.say(`bell_rang`,{name:t,time:this.words.moment(n)}),...this.became(e)].join(` `):this.say(`bell_away_since`,{name:t,time:this.words.moment(r)})}became({became:e,asks_again_at:t}){return e===`asked`?[this.say(`bell_asked`)]:e===`not_expected`?[this.say(`bell_not_expected`)]:e===`asked_enough`?[this.say(`bell_asked_enough`)]:t===null?[]:[this.say(`bell_too_many`,{until:this.words.moment(t)})]}unavailable(e){return e.opener_removed?this.say(`opener_removed`):e.unavailable_since?this.say(`opener_away_since`,{time:this.words.moment(e.unavailable_since)}):``}residents(e){return c`
      <section>
        <h2>${this.say(`residents`)}</h2>
        <ul class="rows">
          ${e.residents.map(e=>this.resident(e))}
        </ul>
        ${this.sources(e)}
      </section>
    `}resident(e){let t=jt(e),n=Xt(e),r=e.consent===`given`,i=Mt(e),o=[...i?[this.say(`unreachable`)]:[],...e.waits_for_confirmation?[this.say(`pending`)]:[],...t?[this.say(`consent_${t}`)]:[]];return c`
      <li class="resident" data-resident=${e.resident}>
        ${I({tone:n?`bad`:r&&!e.waits_for_confirmation?`good`:`plain`,name:this.named(e),says:o.join(` · `),more:i||e.waits_for_confirmation?c`
                  ${i?c`<p>${this.outOfReach(e)}</p>`:a}
                  ${e.waits_for_confirmation?c`<p>${this.say(`waits`)}</p>`:a}
                `:a,link:this.edit(this.named(e))})}
      </li>
    `}sources({parcel_sources:{count:e,silent:t}}){return e===0?a:c`<p class="soft" data-sources>
      ${this.say(`sources`,{count:e})} ${t?this.say(`sources_silent`,{count:t}):a}
    </p>`}fleet({fleet:e}){if(!e)return a;let{reported_at:t,problem:n}=e;return c`<p class="soft" data-fleet>
      ${t?this.say(`fleet`,{time:this.words.moment(t)}):this.say(`fleet_waits`)}
      ${n?this.say(`fleet_fails`,{problem:n}):a}
      ${e.visits?this.visits(e.visits):a}
    </p>`}visits({days:e,kept_days:t,begins_at:n,waits_for:r,not_notified:i}){let a=t===null?this.say(`fleet_visits_not_yet`):this.say(`fleet_visits`,{days:t});if(!r)return a;let o=t===null?``:this.say(`fleet_visits_longer`,{days:e}),s=n?this.words.moment(n):``;return[a,o,this.say(`fleet_visits_${r}`,{count:i,time:s})].join(` `)}outOfReach({unreachable_since:e}){return e?this.say(`unreachable_since`,{time:this.words.moment(e)}):this.say(`no_way`)}links({links:{notice:e,sheets:t,residents:n}}){return c`
      <section>
        <h2>${this.say(`links`)}</h2>
        <ul class="links">
          ${t?c`<li><a class="to" href=${t} target="_blank">${this.say(`print_sheets`)}</a></li>`:a}
          ${e?c`<li><a class="to" href=${e} target="_blank">${this.say(`open_notice`)}</a></li>`:a}
          <li><a class="to" href=${n} download>${this.say(`open_list`)}</a></li>
          <li><a class="to" href=${w(this.building)}>${this.say(`open_settings`)}</a></li>
        </ul>
      </section>
    `}record(e){let{records:t,newest_at:n,retention_days:r,proof_days:i,notifications_pending:o}=e.record,s=Ft(e);return c`
      <section>
        <h2>${this.say(`record`)}</h2>
        <p class="status ${s?`bad`:`good`}" data-kept-out=${s??``}>
          <strong
            >${s?this.words.issue(s,`title`,{building:e.name}):this.say(`record_well`)}</strong
          >
        </p>
        <p>
          ${t===null?a:this.say(`record_has`,{count:t,size:Lt(e.record_bytes,this.words.language)})}
          ${n?this.say(`record_newest`,{time:this.words.moment(n)}):a}
        </p>
        <p class="soft">
          ${this.say(`record_keeps`,{days:r,proof:i})} ${o?this.say(`notifications_pending`,{count:o}):a}
        </p>
        ${this.fleet(e)}
      </section>
      ${this.whole?c`<courier-access-check
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
          ></courier-access-check>`:a}
    `}};_([g({type:Number})],B.prototype,`news`,void 0),_([g({type:Boolean})],B.prototype,`whole`,void 0),_([s()],B.prototype,`owned`,void 0),B=_([e(`courier-access-building`)],B);function bn(e){return`residents`in e}function xn({residents:e}){return[...new Set(e.map(({unit:e})=>e))].sort((e,t)=>e.localeCompare(t,void 0,{numeric:!0}))}var V=`other`,Sn=64,Cn=[`unit`,`courier`,`door`,`day`,`preset`,`times`],H=class extends S{constructor(...e){super(...e),this.unit=``,this.courier=``,this.door=``,this.choice=``,this.day=``,this.refusal=``,this.sending=!1,this.isChosen=!1,this.times={from:``,to:``},this.read=``}static{this.styles=[S.styles,i`
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
    `]}willUpdate(e){this.day||this.begin(),Cn.some(t=>e.has(t))&&this.forget();let t=this.resident,n=`${this.building.building} ${t?.resident}`;t&&(n!==this.read||e.get(`building`))&&(this.read=n,this.access.rules(this.building.building,t.resident).then(e=>this.begins(e),()=>this.begins(void 0)))}firstUpdated(){Re(this.renderRoot.querySelector(`ha-select, select, .chips button`))}begins(e){this.rules=e;let t=this.chosen;if(this.delivery||this.isChosen||!t)return;let n=Array.from({length:8},(e,t)=>Te(this.today,t)),r=n=>ve(n,e,t,this.now,this.building.hours)[0]?.[0];this.day=n.find(e=>r(e)===`mine`)??n.find(e=>r(e)!==`other`)??this.today,this.choice=this.days.includes(this.day)?this.day:V}begin(){let{delivery:e}=this;if(!e){this.choice=this.day=this.today,this.begins(void 0);return}let[t,n]=[this.words.wall(e.starts_at),this.words.wall(e.ends_at)];this.unit=e.units?.[0]??``,this.courier=e.courier_id??``,this.door=e.door_id??``,this.day=t.day,this.choice=this.days.includes(t.day)?t.day:V,this.preset=`other`,this.times={from:t.time,to:n.time}}render(){let e=this.chosen;if(!e)return a;let t=ve(this.day,this.rules,e,this.now,this.building.hours),[n]=t.find(([e])=>e===this.preset)??t[0]??[`other`],r=this.doorsOf(e);return c`
      <form aria-busy=${this.sending} @submit=${e=>this.send(e,t,n)}>
        ${this.delivery?a:this.who(e)}
        ${r.length>1?M(this.words.say(`csv_door`),this.door||r[0]?.door,r.map(({door:e,name:t})=>({value:e,label:t})),e=>this.door=e):a}
        ${this.when()}
        ${Ue(this.words.say(`page_time`),n,t.map(([e,t])=>({value:e,label:this.preset_name(e,t)})),e=>this.preset=e)}
        ${n===`mine`&&this.rules&&ge(this.day,this.rules,e,this.now,this.building.hours)?c`<span class="soft">${this.words.say(`panel_longest`,{courier:e.name,hours:e.longest_grant_hours})}</span>`:a}
        ${n===`other`?c`<div class="row">
              ${[`from`,`to`].map(e=>T(this.home,this.say(e),this.times[e],t=>this.times={...this.times,[e]:t},{name:e,required:!0}))}
            </div>`:a}
        <label class="field"
          >${this.words.say(`page_note`)}
          <input
            name="parcel"
            maxlength=${Sn}
            autocomplete="off"
            aria-describedby="note"
            value=${this.delivery?.parcel_ref??``}
        /></label>
        <span class="soft" id="note">${this.words.say(`page_note_says`)}</span>
        ${this.refusal?C(`error`,this.refusal):a}
        ${this.outside?this.once(this.outside):a}
        <div class="row">
          ${y(this.say(`save`),void 0,{kind:`main`,submits:!0,disabled:this.sending})}
          ${y(this.say(`cancel`),()=>this.close(),{kind:`text`})}
        </div>
      </form>
    `}who(e){let t=k(this.building).map(({unit:e})=>e);return c`
      ${t.length>1?M(this.say(`which_unit`),this.resident?.unit,t.map(e=>({value:e,label:e})),e=>this.unit=e):a}
      ${M(this.words.say(`csv_courier`),e.courier,pt(this.building).map(({courier:e,name:t})=>({value:e,label:t})),e=>this.courier=e)}
    `}when(){let{language:e}=this.words,t=new Intl.RelativeTimeFormat(e,{numeric:`auto`}),n=this.days.map((n,r)=>({value:n,label:tt(t.format(r,`day`),e)}));return c`
      ${Ue(this.words.say(`page_day`),this.choice,[...n,{value:V,label:this.say(`other_day`)}],e=>{this.isChosen=!0,this.choice=e,e!==V&&(this.day=e)})}
      ${this.choice===V?ut(this.home,this.words.say(`page_day`),this.day,e=>this.day=e||this.day,{min:this.today,required:!0}):a}
    `}preset_name(e,t){if(e===`other`||!t)return this.words.say(`page_other_times`);if(e===`all_day`)return tt(this.words.say(`notification_all_day`),this.words.language);let n=this.words.hours(m(t.from),m(t.to)||1440);return e===`mine`?`${this.words.say(`page_my_hours`)} (${n})`:n}get resident(){let e=k(this.building).filter(e=>!e.waits_for_confirmation);return e.find(({unit:e})=>e===this.unit)??e.find(Oe)??e[0]}get chosen(){let e=pt(this.building);return e.find(({courier:e})=>e===this.courier)??e[0]}doorsOf(e){return this.building.doors.filter(({door:t})=>e.doors.includes(t))}get now(){let{day:e,time:t}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return`${e}T${t}:00`}get today(){return this.now.slice(0,10)}get days(){return[this.today,Te(this.today,1)]}async send(e,t,n){e.preventDefault();let r=new FormData(e.target),i=this.chosen;if(!i||this.sending)return;let a=t.find(([e])=>e===n)?.[1]??this.times;if(!a.from||!a.to){this.refusal=this.words.say(`page_expect_unreadable`);return}let o=this.doorsOf(i).map(({door:e})=>e),s=(o.includes(this.door)?this.door:o[0])??``,c={..._e(this.day,a),door:s,parcel_ref:String(r.get(`parcel`)??``)},{building:l}=this.building,{delivery:u}=this;this.sending=!0,this.forget();try{let e=u?.grant_id?await this.access.revise(l,i.courier,u.grant_id,c):await this.access.issue(l,i.courier,this.resident?.unit??``,c);if(e.decision===`accepted`)this.close(e);else{let t=c.starts_at>this.now?c.starts_at:this.now,n=await this.check(e,i.name,s,t);this.refusal=`${this.words.say(`page_expect_refused`)} ${this.why(e,n)}`,n&&this.isOwn(n)&&(this.outside=[this.day,a])}}catch(e){this.refusal=this.words.refusal(e)}this.sending=!1}forget(){this.refusal=``,this.outside=void 0}async check({reason:e},t,n,r){if(e===`outside_building_hours`)return;let{checks:i}=await this.access.check(this.building.building,n,this.resident?.unit??``,r);return i.find(e=>e.courier===t)}isOwn(e){let t=({layer:e})=>e===`outside_hours`,n=e.because.some(e=>t(e)&&e.resident===this.resident?.name),r=gt(e);return n&&r!==void 0&&t(r)}why({reason:e},t){let{words:n,building:r,home:i,rules:a}=this;if(e===`outside_building_hours`)return Ne(n,r.hours);if(!t||De(t)!==`no`)return n.say(`notification_reason_${e}`);if(!a||!this.isOwn(t))return he(n,i.states,t,r.hours);let o=Qe(a.exceptions,this.day),s=o?`${Ye(n,{from:this.day})}: ${it(n,o)}`:Me(n,se(v(a.windows)));return n.say(`panel_rule_outside_yours`,{hours:s})}once([e,t]){let n=`${this.words.dayOf(e)}, ${this.words.hours(m(t.from),m(t.to)||1440)}`;return c`<p>
      ${y(this.say(`open_once`,{span:n}),()=>void this.open(e,t),{disabled:this.sending})}
    </p>`}async open(e,t){let{resident:n}=this;if(!n||this.sending)return;this.sending=!0;let{building:r}=this.building,i=await dt(this.access,r,n.resident,_e(e,t),e=>this.refusal=this.words.refusal(e));this.sending=!1,i&&this.renderRoot.querySelector(`form`)?.requestSubmit()}close(e){this.dispatchEvent(new CustomEvent(`ca-close`,{detail:e}))}};_([g({attribute:!1})],H.prototype,`delivery`,void 0),_([s()],H.prototype,`unit`,void 0),_([s()],H.prototype,`courier`,void 0),_([s()],H.prototype,`door`,void 0),_([s()],H.prototype,`choice`,void 0),_([s()],H.prototype,`day`,void 0),_([s()],H.prototype,`preset`,void 0),_([s()],H.prototype,`rules`,void 0),_([s()],H.prototype,`refusal`,void 0),_([s()],H.prototype,`outside`,void 0),_([s()],H.prototype,`sending`,void 0),_([s()],H.prototype,`times`,void 0),H=_([e(`courier-access-expect`)],H);var wn=3,Tn=20,U=class extends S{constructor(...e){super(...e),this.orders=[],this.draft={},this.busy=!1}static{this.styles=[S.styles,i`
      .offered {
        display: block;
        line-height: 1.3;
        padding-block: 4px;
      }
    `]}willUpdate(e){(e.has(`building`)||this.haveSourcesReported(e.get(`home`)))&&(e.has(`building`)&&e.get(`building`)?.building!==this.building.building&&(this.orders=[],this.sources=this.found=void 0),this.resident&&this.load())}render(){let{resident:e,sources:t}=this;if(!e)return a;let n=this.orders.filter(e=>e.resident!==void 0),r=y(this.say(`orders_give`),()=>void this.open(e),{icon:`add`});return c`
      <section>
        <h2>${this.say(`orders`)}</h2>
        <p class="soft">${this.say(`orders_says`)}</p>
        ${n.length===0?A(`parcel`,this.say(`orders_none`),r):c`<ul>
                ${n.map(e=>this.row(e))}
              </ul>
              ${this.found?on(this.words,this.found):a}
              <div class="row">
                ${this.building.doors[0]&&!this.found?y(this.say(`check_parcels`),()=>this.look(e)):a}
                ${r}
              </div>`}
        ${t?this.form(e,t):a}
      </section>
    `}haveSourcesReported(e){return e!==void 0&&ae(this.orders).some(t=>e.states[t]!==this.home.states[t])}get resident(){return k(this.building)[0]}async load(){let{building:e}=this.building;await this.act(async()=>{let t=await this.access.orders(e);e===this.building.building&&(this.orders=t)}),this.found&&this.resident&&await this.look(this.resident)}async look({unit:e}){let{building:t,doors:n}=this.building,[r]=n;r!==void 0&&await this.act(async()=>{let n=await this.access.check(t,r.door,e);t===this.building.building&&(this.found=n)})}row(e){let t=[e.courier??`–`,e.door].filter(Boolean).join(`, `);return c`
      <li data-order=${e.order}>
        <h3>${t}</h3>
        <p class="soft">
          ${this.say(`orders_most`,{count:e.most_per_day??0})}${e.is_paused?c` · ${this.say(`orders_paused`)}`:a}
        </p>
        ${e.sources?.length?e.sources.map(e=>this.source(e)):c`<p>${this.say(`orders_waits`)}</p>`}
        <div class="row">
          ${y(this.choosing(e),()=>void this.open(this.resident,e),{kind:e.sources?.length?`plain`:`main`})}
          ${y(e.is_paused?this.say(`orders_resume`):this.say(`orders_pause`),()=>void this.pause(e))}
          <courier-access-sure
            .words=${this.words}
            .label=${this.say(`orders_withdraw`)}
            .heading=${this.say(`orders_withdraw`)}
            .about=${t}
            .says=${this.say(`orders_withdraw_sure`)}
            .act=${()=>void this.withdraw(e)}
          ></courier-access-sure>
        </div>
      </li>
    `}choosing(e){return e?.sources?.length?this.say(`orders_change`):this.say(`orders_choose`)}source(e){let t=an(this.words,e);if(t!==void 0)return c`<p>${t}</p>`;let n=e.last_parcel,r=n===null?[]:[this.say(`orders_last`,{parcel:n})];return c`<p>${e.name}<br /><span class="soft">${[rn(this.words,e),...r].join(` · `)}</span></p>`}offered(e){let{sensor:t,name:n,notes:r}=e,i=[rn(this.words,e),...r.map(e=>this.say(`orders_${e}`))];return We(c`<span class="offered">${n}<br /><small class="soft">${i.join(` · `)}</small></span>`,!!this.draft.sensors?.includes(t),e=>this.choose(t,e))}form(e,t){let{draft:n}=this,r=n.order===void 0,i=!!n.sensors?.length&&(!r||n.courier!==void 0),o=()=>this.sources=void 0,s=r?this.say(`orders_give`):this.choosing(this.orders.find(({order:e})=>e===n.order));return D(s,c`<div class="fields">
        <div role="group" aria-label=${this.say(`orders_source`)}>
          <h3>${this.say(`orders_source`)}</h3>
          ${t.sensors.length===0?c`<p>${this.say(`orders_no_sources`)}</p>`:a}
          ${t.sensors.map(e=>this.offered(e))}
          ${u.filter(e=>t.sensors.some(({notes:t})=>t.includes(e))).map(e=>c`<p class="soft"><strong>${this.say(`orders_${e}`)}:</strong> ${this.say(`orders_${e}_says`)}</p>`)}
        </div>
        ${r&&t.sensors.length?this.terms():a}
      </div>`,{main:y(r?s:this.say(`save`),()=>void this.give(e),{kind:`main`,disabled:!i||this.busy}),other:y(this.say(`cancel`),o,{kind:`text`})},o)}terms(){return c`
        ${this.named(`courier`,this.building.couriers.filter(({enabled:e})=>e).map(({courier:e,name:t})=>({value:e,label:t})))}
        <p class="soft">${this.say(`orders_courier_says`)}</p>
        ${this.building.doors.length>1?this.named(`door`,[{value:void 0,label:`–`},...this.building.doors.map(({door:e,name:t})=>({value:e,label:t}))]):a}
        <label class="field"
          >${this.say(`orders_count`)}
          <input
            type="number"
            min="1"
            max=${Tn}
            .value=${String(this.draft.most_per_day??wn)}
            @change=${e=>this.count(e)}
        /></label>
    `}named(e,t){return M(this.say(`orders_${e}`),this.draft[e],t,t=>{let{[e]:n,...r}=this.draft;this.draft=t===void 0?r:{...r,[e]:t}})}async open(e,t){if(e===void 0)return;let{building:n}=this.building,r=t?.sources?.flatMap(({sensor:e})=>e??[])??[];this.draft=t?{order:t.order,sensors:r}:{},await this.act(async()=>{let i=await this.access.orderSources(n,e.resident);if(n!==this.building.building)return;this.sources=i;let a=i.sensors.map(({sensor:e})=>e);t&&(this.draft={...this.draft,sensors:r.filter(e=>a.includes(e))})})}choose(e,t){let n=(this.draft.sensors??[]).filter(t=>t!==e);this.draft={...this.draft,sensors:t?[...n,e]:n}}count(e){let t=Math.round(Number(e.target.value))||wn;this.draft={...this.draft,most_per_day:Math.min(Tn,Math.max(1,t))}}async give(e){if(this.busy)return;let{building:t}=this.building;this.busy=!0;let n=await this.act(()=>this.access.setOrder(t,e.resident,this.draft),this.say(`orders_given`));this.busy=!1,n&&t===this.building.building&&(this.sources=void 0),await this.load()}async pause({order:e,is_paused:t,resident:n}){n!==void 0&&(await this.act(()=>this.access.setOrder(this.building.building,n,{order:e,paused:!t})),await this.load())}async withdraw({order:e}){await this.act(()=>this.access.withdrawOrder(this.building.building,e),this.say(`orders_withdrawn`)),await this.load()}};_([s()],U.prototype,`orders`,void 0),_([s()],U.prototype,`sources`,void 0),_([s()],U.prototype,`draft`,void 0),_([s()],U.prototype,`busy`,void 0),_([s()],U.prototype,`found`,void 0),U=_([e(`courier-access-orders`)],U);var En=class extends S{static{this.styles=[S.styles,i`
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
      .said {
        border-inline-start: 3px solid currentcolor;
        padding-inline-start: 12px;
      }
      .said,
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
    `]}firstUpdated(){this.renderRoot.querySelector(`h3`)?.focus({preventScroll:!0}),this.scrollIntoView({block:`nearest`})}render(){let{pin:e,short_code:t,link:n,qr:i,trial:o,for_driver:s,ends_earlier:l,page_unreachable:u}=this.made,{refused:d,asks:f}=this.delivery;return c`
      <div class=${d||f||u?`status warning`:`status good`}>
        <div role="status">
          <h3 tabindex="-1">${this.words.say(`page_pass`)}</h3>
          ${d?c`<courier-access-refused
                .words=${this.words}
                .access=${this.access}
                .building=${this.building}
                .delivery=${this.delivery}
              ></courier-access-refused>`:a}
          <p>${this.words.say(`page_pass_pin`)} <span class="code" data-pin>${e}</span></p>
          ${u?c`<p>${this.words.say(`page_pass_unreachable`)}</p>`:a}
          ${f?c`<p>${this.words.say(`panel_pass_asks`)}</p>`:a}
          ${l?c`<p>${this.words.say(`page_pass_replaced`)}</p>`:a}
        </div>
        ${o?c`<p>
              <a class="to" href=${o} target="_blank">${this.say(`try_at`,{door:this.delivery.door})}</a>
            </p>`:a}
        ${s&&this.delivery.opens?.length!==0?this.sending(s):a}
        <p>${f?a:this.words.say(`page_pass_says`)} ${this.words.say(`page_said_make_pass`)}</p>
        <div class="row">
          ${y(this.say(`close`),()=>this.close())}
          <courier-access-sure
            .words=${this.words}
            .label=${this.say(`revoke`)}
            .heading=${this.words.say(`page_pass`)}
            .says=${this.words.say(`page_revoke_pass_sure`)}
            .act=${()=>void this.revoke()}
          ></courier-access-sure>
        </div>
        <p>${this.words.say(`page_pass_code`)} <span class="code short">${t}</span></p>
        ${n&&!u?c`<p class="link">${this.words.say(`page_pass_link`)} <a href=${n}>${n}</a></p>`:a}
        ${i&&!u?c`<svg
              viewBox="0 0 ${i.side} ${i.side}"
              role="img"
              aria-label=${this.words.say(`page_pass_qr`)}
              shape-rendering="crispEdges"
            >
              ${r`<path d=${i.path} />`}
            </svg>`:a}
      </div>
    `}sending(e){return c`
      <p class="said">${e}</p>
      <div class="row">
        ${Dn()?y(this.say(`share`),()=>void this.send(On),{kind:`main`}):a}
        ${y(this.say(`copy_text`),()=>void this.send(kn),{kind:Dn()?`plain`:`main`})}
      </div>
      <p>${this.say(`share_where`)}</p>
    `}async send(e){try{await e(this.made.for_driver),e===kn&&this.tell({text:this.say(`copied`)})}catch(e){e.name!==`AbortError`&&this.tell({text:this.words.refusal(e)})}}async revoke(){await this.act(()=>this.access.revokePass(this.building.building,this.made.pass),this.words.say(`page_said_revoke_pass`))&&this.close()}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};_([g({attribute:!1})],En.prototype,`delivery`,void 0),_([g({attribute:!1})],En.prototype,`made`,void 0),En=_([e(`courier-access-pass`)],En);function Dn(){return typeof navigator.share==`function`}function On(e){return navigator.share({text:e})}async function kn(e){if(navigator.clipboard)return navigator.clipboard.writeText(e);let t=document.body.appendChild(document.createElement(`textarea`));t.value=e,t.select();let n=document.execCommand(`copy`);if(t.remove(),!n)throw Error(e)}var An=[6,12,18],jn=60;function Mn(e,{starts_at:t,ends_at:n},r){let[i,a,o]=[t,n,new Date(r).toISOString()].map(t=>e.wall(t)),s=i.day<o.day&&o.day<=a.day?o.day:i.day;return{day:s,from:i.day<s?0:m(i.time),to:a.day>s?f:m(a.time),now:o.day===s?m(o.time):void 0}}function Nn(e,t){let{from:n,to:r,now:i}=Mn(e,t,Date.now()),o=e=>`${e/f*100}%`;return c`
    <div class="day-bar" aria-hidden="true">
      <div class="bar">
        <span class="span" style="inset-inline-start: ${o(n)}; inline-size: ${o(r-n)}"></span>
        ${i===void 0?a:c`<span class="now" style="inset-inline-start: ${o(i)}"></span>`}
      </div>
      ${An.map(t=>c`<span class="hour" style="inset-inline-start: ${o(t*jn)}">${e.clock(t*jn)}</span>`)}
    </div>
  `}var Pn=i`
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
`,W=`new`,Fn=[`not_given`,`withdrawn`],G=class extends S{constructor(...e){super(...e),this.news=0,this.busy=!1}static{this.styles=[S.styles,Pn,i`
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
    `]}willUpdate(e){let t=e.has(`building`)&&e.get(`building`)?.building!==this.building.building;t&&(this.last=void 0),(t||e.has(`news`))&&this.look()}async look(){let{building:e}=this.building;try{let{entries:t}=await this.access.entries(e,{limit:1,decision:`admitted`});e===this.building.building&&(this.last=t[0])}catch{}}connectedCallback(){super.connectedCallback();let e=new URLSearchParams(location.search);e.has(`expect`)&&(this.mayExpect&&(this.edited=W),e.delete(je),history.replaceState(history.state,``,`${location.pathname}?${e}`))}disconnectedCallback(){super.disconnectedCallback(),this.made=this.edited=void 0}render(){let e=this.building.expected;return c`
      <div class="row head">
        <h2 class="grow">${this.words.say(`page_expected`)}</h2>
        ${this.mayExpect&&!this.edited?y(this.words.say(`page_expect`),()=>this.edited=W,{kind:`main`,icon:`add`}):a}
      </div>
      ${this.closed?this.consent(this.closed):a} ${this.form()}
      ${e.length===0?c`<section>${A(`parcel`,this.say(`expected_none`))}</section>`:c`<ul>
            ${ze(e,K,e=>this.delivery(e))}
          </ul>`}
      ${this.building.more_expected?c`<p class="soft">${this.say(`expected_more`)}</p>`:a}
      ${this.last?this.visit(this.last):a}
      <courier-access-orders
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-orders>
    `}visit({courier:e,at:t}){let n=this.say(`last_visit`,{courier:e,time:this.words.moment(t)});return c`<p><a class="to" data-last href=${b(this.building,`entries`)}>${n}</a></p>`}get mayExpect(){return ke(this.building)&&!this.closed}get closed(){let e=k(this.building);return e.every(({shut:e})=>Fn.includes(e??``))?e[0]:void 0}consent(e){return c`<section>
      <p>${$e(this.words,e)}</p>
      ${e.consent===`given`?a:c`<p><a class="to" href=${b(this.building,`hours`)}>${this.say(`change_decision`)}</a></p>`}
    </section>`}delivery(e){let t=xe(this.words,e);return c`
      <li>
        <p><strong>${this.words.say(`page_at`,{courier:e.courier,door:e.door})}</strong></p>
        <p>${this.words.span(e.starts_at,e.ends_at)}</p>
        ${Nn(this.words,e)}
        ${e.units?this.details(e):c`<p class="soft">${this.say(`expected_others`)}</p>`}
        ${t?c`<p>${t}</p>`:a} ${this.refusal(e)} ${this.asking(e)}
        ${e.units?this.own(e):a}
      </li>
    `}refusal(e){return!e.refused||this.made?.key===K(e)?a:c`<courier-access-refused
      .words=${this.words}
      .access=${this.access}
      .building=${this.building}
      .delivery=${e}
    ></courier-access-refused>`}asking(e){return!e.asks||this.made?.key===K(e)?a:c`<p>${this.words.say(`panel_pass_asks`)}</p>`}details({units:e=[],parcel_ref:t,entries_left:n}){let r=[...k(this.building).length>1?e.map(e=>this.words.say(`notification_unit`,{unit:e})):[],...t?[this.words.say(`notification_parcel`,{parcel:t})]:[],...n===void 0||n<2?[]:[this.say(`entries_left`,{count:n})]];return c`<p class="soft">${r.join(` `)}</p>`}form(){let{edited:e}=this;if(!e||!this.mayExpect)return a;let t=e===W?void 0:e,n=t&&this.words.say(`page_at`,{courier:t.courier,door:t.door});return c`
      <section>
        <h3>${n?`${this.words.say(`page_change`)}: ${n}`:this.words.say(`page_expect`)}</h3>
        ${mt(t?K(t):W,c`<courier-access-expect
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
            .delivery=${t}
            @ca-close=${e=>this.close(e.detail)}
          ></courier-access-expect>`)}
      </section>
    `}close(e){let t=this.edited===W;if(this.edited=void 0,!e)return;let n=this.building.couriers.find(({courier:t})=>t===e.courier_id);t&&n&&!n.has_key&&!this.showsPass?this.pass(e):this.tell({text:this.words.say(t?`page_said_expect`:`page_said_revise`)})}get showsPass(){return this.busy||this.building.expected.some(e=>K(e)===this.made?.key)}own(e){let t=K(e),{made:n}=this;return n?.key===t?c`<courier-access-pass
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${e}
        .made=${n.pass}
        @ca-close=${()=>this.made=void 0}
      ></courier-access-pass>`:c`
      <div class="row">
        ${this.passes(e)}
        ${e.is_mine?y(this.words.say(`page_change`),()=>this.edited=e):a}
        <courier-access-veto
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${e}
        ></courier-access-veto>
      </div>
      ${e.passes?.map(({pass:e,made_at:t})=>c`<p>
            <courier-access-sure
              .words=${this.words}
              .label=${this.words.say(`page_revoke_pass`,{time:this.words.moment(t)})}
              .heading=${this.words.say(`page_pass`)}
              .says=${this.words.say(`page_revoke_pass_sure`)}
              .act=${()=>void this.revoke(e)}
            ></courier-access-sure>
          </p>`)}
    `}passes(e){let t=()=>void this.pass(e);return e.passes?.length?c`<courier-access-sure
      .words=${this.words}
      .label=${this.words.say(`page_pass_new`)}
      .heading=${this.words.say(`page_pass`)}
      .about=${e.courier}
      .says=${this.words.say(`page_pass_new_sure`)}
      .act=${t}
    ></courier-access-sure>`:y(this.words.say(`page_pass`),t,{disabled:this.busy})}async pass({courier_id:e,grant_id:t}){e===void 0||t===void 0||this.busy||(this.busy=!0,await this.act(async()=>{let n=await this.access.makePass(this.building.building,e,t);this.isConnected&&(this.made={key:In(e,t),pass:n})}),this.busy=!1)}revoke(e){return this.act(()=>this.access.revokePass(this.building.building,e),this.words.say(`page_said_revoke_pass`))}};_([s()],G.prototype,`edited`,void 0),_([s()],G.prototype,`made`,void 0),_([g({type:Number})],G.prototype,`news`,void 0),_([s()],G.prototype,`busy`,void 0),_([s()],G.prototype,`last`,void 0),G=_([e(`courier-access-deliveries`)],G);function K({courier_id:e,grant_id:t,courier:n,starts_at:r},i){return t===void 0?`${n} ${r} ${i}`:In(e,t)}function In(e,t){return`${e} ${t}`}var Ln={},Rn=Je(class extends Ke{constructor(){super(...arguments),this.ot=Ln}render(e,t){return t()}update(e,[t,n]){if(Array.isArray(t)){if(Array.isArray(this.ot)&&this.ot.length===t.length&&t.every((e,t)=>e===this.ot[t]))return o}else if(this.ot===t)return o;return this.ot=Array.isArray(t)?Array.from(t):t,this.render(t,n)}}),zn=24,Bn=60,Vn=[0,6,12,18],Hn=.2;function Un(e){let t=e.flat().reduce((e,t)=>e+t,0),n=Math.max(0,...e.flat()),r=e.findIndex(e=>e.includes(n)),i=e[r]?.indexOf(n)??0;return t>0?{day:r,hour:i,count:n,total:t}:void 0}var Wn=class extends S{constructor(...e){super(...e),this.news=0}static{this.styles=[S.styles,i`
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
    `]}willUpdate(e){let t=e.get(`building`),n=t!==void 0&&t.building!==this.building.building;n&&(this.found=void 0),(n||e.has(`news`)||!this.hasUpdated)&&this.read()}async read(){let{building:e}=this.building;try{let t=await this.access.visits(e);e===this.building.building&&(this.found=t)}catch{}}render(){let{found:e}=this,t=e&&Un(e.visits);if(!t)return a;let n=this.say(`plot_busiest`,{day:this.words.date(`2024-01-0${t.day+1}`,{weekday:`long`}),hours:this.hour(t.hour),count:t.count,total:t.total,days:e.days});return R(this.say(`plot`),n,c`${this.map(e,t)} ${this.table(e)}`)}map({visits:e},t){return c`
      <div class="plot" aria-hidden="true">
        <div>${e.map((e,t)=>c`<div>${Pe(this.words,t)}</div>`)}</div>
        <svg viewBox="0 0 ${zn} ${e.length}" preserveAspectRatio="none">
          ${e.map((e,n)=>e.map((e,i)=>r`<rect
                class=${e?`some`:`none`} x=${i+.05} y=${n+.06} width="0.9" height="0.88"
                fill-opacity=${e?Hn+.8*(e/t.count):a}
              />`))}
        </svg>
        <div class="hours soft">${Vn.map(e=>c`<span>${this.words.clock(e*Bn)}</span>`)}</div>
      </div>
    `}table({visits:e}){let t=Array.from({length:zn},(e,t)=>t).filter(t=>e.some(e=>e[t])),[n=0,r=0]=[t[0],t.at(-1)],i=Array.from({length:r-n+1},(e,t)=>n+t);return c`
      <div class="quiet">
        <table>
          <caption>
            ${this.say(`plot`)}
          </caption>
          <tr>
            <th scope="col">${this.words.say(`page_day`)}</th>
            ${i.map(e=>c`<th scope="col">${this.hour(e)}</th>`)}
          </tr>
          ${e.map((e,t)=>c`<tr>
              <th scope="row">${this.words.date(`2024-01-0${t+1}`,{weekday:`long`})}</th>
              ${i.map(t=>c`<td>${e[t]}</td>`)}
            </tr>`)}
        </table>
      </div>
    `}hour(e){return this.words.hours(e*Bn,(e+1)*Bn)}};_([g({type:Number})],Wn.prototype,`news`,void 0),_([s()],Wn.prototype,`found`,void 0),Wn=_([e(`courier-access-plot`)],Wn);var Gn=class extends S{constructor(...e){super(...e),this.named=!1}render(){let{resident:e,words:t}=this,n=e.fleet_visits;if(!n)return a;let r=(e,n)=>t.say(`page_visits_${e}`,n),{asks:i,home_objects:o,objects:s,longer_days:l}=n,u=n.begins_at&&t.moment(n.begins_at),d=this.goes(n,u),f=i?`longer_asked`:u?`longer`:`longer_waits`,p=i?``:o?`out`:n.has_begun?`sent`:``,ee=i&&s===null&&o,te=i?o&&s!==!1||l!==null:s,ne=(e,t)=>y(e,()=>void this.choose(t)),m=t.say(`notification_title_fleet_visits_chosen`);return R(this.named?`${m}: ${e.unit}`:m,p?r(p):d,c`
        <p>${r(`what`,{fleet:n.fleet,days:n.keep_days})}</p>
        <p>${d}</p>
        ${l?c`<p>${r(f,{time:u??``,days:l})}</p>`:a}
        ${p?c`<p>${r(p)}</p>`:a}
        ${e.waits_for_confirmation?a:c`<p class="row">
              ${te?ne(r(i?`yes`:`back`),!1):a}
              ${s||ee?a:ne(i?r(`no`):t.say(`notification_action_object`),!0)}
            </p>`}
        <p class="soft">${r(i?`asked_says`:`says`)}</p>
      `)}goes({asks:e,has_begun:t,home_objects:n},r){let i=e?n?`asked`:`begun`:t?`begun`:r?`begins`:`waits`;return this.words.say(`page_visits_${i}`,{time:r??``})}async choose(e){await this.act(()=>this.access.chooseFleetVisits(this.building.building,this.resident.resident,e),this.words.say(`page_said_choose_visits`))}};_([g({attribute:!1})],Gn.prototype,`resident`,void 0),_([g({type:Boolean})],Gn.prototype,`named`,void 0),Gn=_([e(`courier-access-fleet-visits`)],Gn);var Kn=500,qn=class extends S{constructor(...e){super(...e),this.taking=``}static{this.styles=[x,i`
      .ends {
        align-items: end;
      }
      progress {
        flex: 1;
        max-inline-size: 20rem;
        accent-color: var(--primary-color, #009ac7);
      }
    `]}render(){return c`
      <courier-access-check
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-check>
      <section>
        <h2>${this.words.say(`panel_erasing`)}</h2>
        ${this.erased()}
      </section>
      <section>
        <h2>${this.words.say(`page_take`)}</h2>
        <p>${this.words.say(`page_log_kept`,{months:this.building.log_months})}</p>
        <ul>
          ${[[`page_take_entries_says`,`page_take_entries_link`,()=>this.takeSheet()],[`page_take_says`,`page_take_link`,()=>this.takeRecord()],[`page_take_verifier_says`,`page_take_verifier_link`,()=>this.takeVerifier()]].map(([e,t,n])=>c`
              <li>
                <p>${this.words.say(e)}</p>
                ${y(this.words.say(t),()=>void this.working(t,n),{disabled:this.taking!==``})}
                ${this.taking===t?this.progress(this.words.say(t)):a}
              </li>
            `)}
        </ul>
      </section>
      ${k(this.building).map((e,t,{length:n})=>c`
          <courier-access-fleet-visits
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
            .resident=${e}
            ?named=${n>1}
          ></courier-access-fleet-visits>
        `)}
      ${k(this.building).length>0?this.aboutMe():a}
    `}erased(){let e=k(this.building),{retention_days:t,proof_days:n}=this.building,r=e=>c`<p>${this.words.say(`page_erased_after`,{days:e,rules:t,proof:n})}</p>`;return e.length===0?r(t):e.map(({resident:n,unit:i,erasure:o,waits_for_confirmation:s})=>{let l=e.length>1?c`<h3>${this.words.say(`panel_unit`,{unit:i})}</h3>`:a,{days:u,chosen:d}=o??{days:t,chosen:null},f=this.words.say(`page_erasure`);return s?c`${l}${r(u)}`:c`
        ${l}${r(u)}
        <form class="row ends" @submit=${e=>void this.choose(e,n)}>
          <label class="field"
            >${f}
            <input type="number" name="days" min="7" max="90" inputmode="numeric" .value=${nt(String(d??``))}
          /></label>
          ${y(this.words.say(`panel_save`),void 0,{submits:!0,name:`${f}: ${this.words.say(`panel_save`)}`})}
        </form>
        <p class="soft">${this.words.say(`page_erasure_says`)}</p>
      `})}async choose(e,t){e.preventDefault();let n=Number(new FormData(e.target).get(`days`))||void 0;await this.act(()=>this.access.chooseErasure(this.building.building,t,n),this.words.say(`page_said_choose_erasure`))}aboutMe(){let e=k(this.building);return c`
      <section>
        <h2>${this.words.say(`page_about_open`)}</h2>
        <p>${this.words.say(`page_about_says`)}</p>
        <p class="row">
          ${e.map(({resident:t,unit:n})=>y(e.length>1?this.words.say(`panel_unit`,{unit:n}):this.words.say(`page_about_open`),()=>void this.act(()=>this.openPage(this.access.aboutMe(this.building.building,t)))))}
        </p>
      </section>
    `}progress(e){let t=new Intl.NumberFormat(this.words.language,{style:`percent`});return c`
      <p class="row">
        <progress aria-label=${e} value=${this.come??a}></progress>
        ${this.come===void 0?a:t.format(this.come)}
      </p>
    `}async takeSheet(){let e=[],t,n;do{let r=await this.access.sheet(this.building.building,this.words.language,n);e.push(r.csv),n=r.next??void 0,t??=n,t!==void 0&&(this.come=1-(n??0)/t)}while(n!==void 0);Jn(`courier-access.csv`,`text/csv`,e)}async takeRecord(){let{building:e,name:t}=this.building,n=await this.access.records(e,0),{sealed:r}=n,i=n.head.record,a=e=>e/Math.max(i,1),o=[],s=i+1;for(;s!==null;){let t=await this.access.entries(e,{limit:Kn,before:s});o.push(...await this.withNotifications(t.entries)),s=t.next,this.come=(1-a(s??0))/2}let c=[...n.records];for(;n.next!==null;){if(n=await this.access.records(e,n.next),n.sealed!==r)return this.takeRecord();c.push(...n.records),this.come=(1+a(n.next??i))/2}let l={about:this.words.say(`page_take_says`),building:t,driver_notes:Object.fromEntries(k(this.building).flatMap(({unit:e,note:t})=>t?[[e,t]]:[])),exported_at:(/* @__PURE__ */ new Date()).toISOString(),entries_up_to:i,sealed:r,entries:o,records:c,head:n.head};Jn(`courier-access.json`,`application/json`,[JSON.stringify(l,null,1)])}async withNotifications(e){let{building:t,is_owner:n}=this.building;if(!n)return e;let r=e.map(e=>e.entry_id),i=await this.access.notifications(t,r);return e.map(e=>({...e,notifications:i[e.entry_id]??[]}))}async takeVerifier(){let{name:e,program:t}=await this.access.verifier(this.building.building);Jn(e,`text/x-python`,[t])}async working(e,t){this.taking=e,this.come=void 0,await this.act(t),this.taking=``}};_([s()],qn.prototype,`taking`,void 0),_([s()],qn.prototype,`come`,void 0),qn=_([e(`courier-access-record`)],qn);function Jn(e,t,n){let r=URL.createObjectURL(new Blob(n,{type:t})),i=document.createElement(`a`);i.href=r,i.download=e,i.click(),URL.revokeObjectURL(r)}var Yn={unchanged:`success`,older:`info`},Xn={admitted:`check`,refused:`remove`,unknown:`unknown`};function Zn(e,{decision:t,reason:n,outcome:r,door:i}){return[i,{refused:e.say(`notification_reason_${n}`),observed:e.say(`csv_observed`),admitted:r===null||r===`opened`?``:e.say(`csv_${r}`)}[t]].filter(Boolean).join(` · `)}function Qn(e,t,n){let r=ht(t);return c`
    <button class="visit" @click=${n}>
      <span class="result ${r}">${O(Xn[r])}</span>
      <span class="grow">
        <span class="first">
          <span class="quiet">${e.say(`csv_${t.decision}`)}</span>
          <strong>${t.courier}</strong>
          <time class="soft" datetime=${t.at}>${e.time(t.at)}</time>
        </span>
        <span class="soft beneath">
          ${t.units?.length?c`<span class="yours">${e.say(`panel_yours`)}</span>`:a}
          ${Zn(e,t)}
          ${t.picture?c`${O(`picture`)}<span class="quiet">${e.say(`panel_picture`)}</span>`:a}
        </span>
      </span>
    </button>
  `}var $n=i`
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
`,er=e=>e.replace(/.{4}(?=.)/g,`$& `),q=class extends S{constructor(...e){super(...e),this.code=``,this.busy=!1,this.failure=``}static{this.styles=[S.styles,i`
      img {
        display: block;
        width: 100%;
        max-height: 60vh;
        /* Until it is loaded, room as most cameras need it. */
        aspect-ratio: auto 16 / 9;
        object-fit: contain;
        border-radius: 8px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.read()}async read(){try{this.code=await this.access.code(this.building.building,this.entry.record)}catch{}}willUpdate(e){if(!e.has(`entry`))return;let{picture:t}=this.entry;e.get(`entry`)?.picture!==t&&this.find(t),this.readsNotifications&&this.readNotifications()}get readsNotifications(){return this.building.is_owner&&this.entry.decision!==`refused`}async readNotifications(){let{entry:e}=this;this.failure=``;try{let t=await this.access.notifications(this.building.building,[e.entry_id]);e===this.entry&&(this.notified=t[e.entry_id]??[])}catch(t){e===this.entry&&(this.failure=this.words.refusal(t))}}async find(e){if(this.picture=void 0,e)try{let t=await this.access.picture(e);this.entry.picture===e&&(this.picture=t)}catch{}}render(){let e=()=>void this.dispatchEvent(new CustomEvent(`ca-close`)),t={main:y(this.say(`verify`),()=>void this.verify(),{disabled:this.busy||!this.code}),other:y(this.say(`close`),e,{kind:`text`})};return D(this.entry.courier,this.details(),t,e)}details(){let{entry:e,words:t}=this;return c`
      <p>
        ${t.say(`notification_${Fe(e)}`,{courier:e.courier,door:e.door,time:t.moment(e.at)})}
        ${this.building.is_one_home?a:e.units?.map(e=>t.say(`notification_unit`,{unit:e})).join(` `)}
      </p>
      ${this.picture?c`<img src=${this.picture} alt=${this.say(`picture`)} @error=${()=>this.picture=void 0} />`:a}
      ${e.decision===`refused`?c`<p>${t.say(`notification_reason_${e.reason}`)}</p>`:a}
      ${e.proof===null||e.proof===`signed`?a:c`<p>${t.say(`notification_proof_${e.proof}`)}</p>`}
      ${e.parcel_ref?c`<p>${t.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:a}
      ${e.driver_ref?c`<p>${t.say(`csv_driver`)}: ${e.driver_ref}</p>`:a}
      ${e.details_erased?c`<p class="soft">${t.say(`page_erased`)}</p>`:a}
      ${e.repeats>0?c`<p>${t.say(`page_repeats`,{count:e.repeats})}</p>`:a}
      ${e.completed_at?c`<p>${this.say(`completed`,{time:t.moment(e.completed_at)})}</p>`:a}
      ${this.readsNotifications?this.notifications():a}
      <p class="soft receipt">
        ${this.say(`receipt`,{record:e.record})}${this.code?` · ${er(this.code)}`:a}
      </p>
      <p class="row">
        ${y(this.say(`copy_receipt`),()=>void this.copy(),{kind:`text`,disabled:!this.code})}
        ${y(t.say(`page_print`),()=>void this.act(()=>this.openPage(this.access.visitPage(this.building.building,e.record))),{kind:`text`})}
      </p>
      ${this.found?this.verdict(this.found):a}
    `}notifications(){return this.failure?C(`error`,this.failure,y(this.words.say(`page_door_look`),()=>void this.readNotifications())):this.notified?this.notified.map(({resident:e,reached:t})=>c`<p class="soft">${e??`–`}: ${t?this.say(`reached`):this.say(`not_reached`)}</p>`):j(this.say(`loading`))}verdict({intact:e,broken_at:t,notifications:n=[]}){return c`
      ${e?a:C(`error`,this.words.say(`page_checked_broken`,{record:t??0}))}
      ${n.map(({record:e,standing:t})=>C(Yn[t]??`error`,this.words.say(`page_standing_${t}`,{record:e})))}
    `}copy(){return this.act(()=>kn(`${this.entry.record} · ${er(this.code)}`),this.say(`copied`))}async verify(){this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,`${this.entry.record} · ${this.code}`)}),this.busy=!1}};_([g({attribute:!1})],q.prototype,`entry`,void 0),_([s()],q.prototype,`code`,void 0),_([s()],q.prototype,`found`,void 0),_([s()],q.prototype,`busy`,void 0),_([s()],q.prototype,`picture`,void 0),_([s()],q.prototype,`notified`,void 0),_([s()],q.prototype,`failure`,void 0),q=_([e(`courier-access-visit`)],q);var tr=50,nr=[`admitted`,`refused`,`observed`],J=class extends S{constructor(...e){super(...e),this.news=0,this.failure=``,this.next=null,this.courier=``,this.decision=``,this.begun=0,this.renewals=0}static{this.styles=[S.styles,$n,i`
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
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building?(this.opened=void 0,this.filter({courier:``})):this.courier&&this.building.couriers.every(({courier:e})=>e!==this.courier)?this.filter({courier:``}):e.has(`news`)&&this.renew()}render(){return c`
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
    `}details(){let{opened:e}=this;if(!e)return a;let t=this.pages?.flat().find(({record:t})=>t===e.record)??e;return c`<courier-access-visit
      .words=${this.words} .access=${this.access} .building=${this.building} .entry=${t}
      @ca-close=${()=>this.close(e)}
    ></courier-access-visit>`}close({record:e}){this.opened=void 0,this.renderRoot.querySelector(`[data-record="${e}"] button`)?.focus()}filters(){let{couriers:e}=this.building,t={value:``,label:this.say(`all`)},n=nr.map(e=>({value:e,label:tt(this.words.say(`csv_${e}`),this.words.language)})),r=e.map(({courier:e,name:t})=>({value:e,label:t}));return c`
      ${Ue(this.words.say(`csv_decision`),this.decision,[t,...n],e=>this.filter({decision:e}))}
      ${e.length>1?Ue(this.words.say(`csv_courier`),this.courier,[t,...r],e=>this.filter({courier:e})):a}
    `}list(){let{pages:e}=this;if(e===void 0)return this.failure?C(`error`,this.failure,y(this.words.say(`page_door_look`),()=>this.begin())):j(this.say(`loading`));if(e.length===0)return A(`parcel`,this.words.say(`page_came_none`));let{day:t}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return c`
      ${ze(e,(e,t)=>t===0?`newest`:e.at(-1)?.record,(n,r)=>{let i=e[r-1]?.at(-1);return c`
            <div class="page" aria-live=${r===0?`polite`:`off`} aria-relevant="additions">
              ${Rn([n,i,t,this.words],()=>this.page(n,i&&this.dayOf(i),t))}
            </div>
          `})}
      ${this.next===null?a:c`<p id="more">${y(this.say(`more`),()=>void this.more())}</p>`}
    `}page(e,t,n){return ot(e,e=>this.dayOf(e)).map(([e,r])=>c`
        ${e===t?a:c`<h3>${Ge(this.words,e,n)}</h3>`}
        <ul>
          ${ze(r,e=>e.record,e=>c`<li data-record=${e.record}>${Qn(this.words,e,()=>this.opened=e)}</li>`)}
        </ul>
      `)}dayOf({at:e}){return this.words.wall(e).day}filter(e){this.courier=e.courier??this.courier,this.decision=e.decision??this.decision,this.begin()}begin(){this.begun++,this.failure=``,this.pages=void 0,this.next=null,this.renew()}async renew(){let e=++this.renewals;await this.take(void 0,({entries:t,next:n})=>{e===this.renewals&&(this.pages=ft(this.pages??[],t,n!==null),this.pages.length<=1&&(this.next=n))})}async more(){let e=this.next;e!==null&&await this.take(e,({entries:t,next:n})=>{e===this.next&&(this.pages=qe(this.pages??[],e,t),this.next=n)})}async take(e,t){let{begun:n}=this;try{let r=await this.access.entries(this.building.building,this.wanted(e));n===this.begun&&t(r)}catch(e){if(n!==this.begun)return;let t=this.words.refusal(e);this.pages===void 0?this.failure=t:this.tell({text:t})}}wanted(e){return{limit:tr,...e!==void 0&&{before:e},...this.courier&&{courier:this.courier},...this.decision&&{decision:this.decision}}}};_([g({type:Number})],J.prototype,`news`,void 0),_([s()],J.prototype,`pages`,void 0),_([s()],J.prototype,`failure`,void 0),_([s()],J.prototype,`next`,void 0),_([s()],J.prototype,`courier`,void 0),_([s()],J.prototype,`decision`,void 0),_([s()],J.prototype,`opened`,void 0),J=_([e(`courier-access-entries`)],J);var rr=class extends S{constructor(...e){super(...e),this.code=``}static{this.styles=[S.styles,i`
      .code {
        font-size: 1.6rem;
        font-weight: 500;
        letter-spacing: 0.12em;
      }
    `]}willUpdate(e){let t=e.get(`resident`);t&&t.resident!==this.resident.resident&&(this.code=``)}render(){let e=this.resident.has_address_code;return R(this.say(`address_code`),e?this.say(`address_code_set`):this.say(`address_code_not_set`),c`
        <p class="soft">${this.say(`address_code_says`)}</p>
        ${this.code?c`<div role="status">
              <p class="code">${this.code}</p>
              <p>${this.say(`address_code_new`)}</p>
            </div>`:c`<p>${e?this.say(`address_code_has`):this.say(`address_code_none`)}</p>`}
        ${y(this.say(`renew`),()=>void this.renew())}
      `)}async renew(){await this.act(async()=>{let e=await this.access.renewAddressCode(this.building.building,this.resident.resident);this.code=e.address_code})}};_([g({attribute:!1})],rr.prototype,`resident`,void 0),_([s()],rr.prototype,`code`,void 0),rr=_([e(`courier-access-address-code`)],rr);var ir=[`allow`,`ask`,`deny`],Y=class extends h{constructor(...e){super(...e),this.couriers=[]}static{this.styles=[x,i`
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
    `]}render(){return c`
      <p class="soft">${this.say(`couriers_says`)}</p>
      <ul>
        ${this.rows.map(e=>this.row(e))}
      </ul>
      ${this.rules.default===`allow`?this.newCouriers():a}
      ${this.rules.removed_couriers.length?this.removed():a}
      ${this.chosen?this.proofs(this.chosen):a}
    `}newCouriers(){return c`
      <p>${y(this.say(`new_couriers_ask`),()=>this.emit({new_couriers:`ask`}),{kind:`text`})}</p>
      <p class="soft">${this.say(`new_couriers_says`)}</p>
    `}removed(){let e=this.say(`lift`);return c`
      <h3>${this.say(`removed_couriers`)}</h3>
      <p class="soft">${this.say(`removed_couriers_says`)}</p>
      <ul>
        ${this.rules.removed_couriers.map(({courier:t,name:n})=>c`
            <li class="row">
              <span class="grow">${n}</span>
              ${y(e,()=>this.emit({couriers:E(this.rules.couriers,t,`allow`)}),{kind:`text`,name:`${n}: ${e}`})}
            </li>
          `)}
      </ul>
    `}say(e){return this.words.say(`panel_${e}`)}get rows(){let{rules:e}=this;return[{name:this.say(`by_default`),attitude:e.default,proof:e.default_proof},...this.couriers.map(({courier:t,name:n})=>({name:n,courier:t,attitude:e.couriers[t]??e.default,proof:e.proofs[t]??e.default_proof,isOwn:t in e.couriers||t in e.proofs}))]}row(e){let t=this.say(`as_default`);return c`
      <li>
        <div class="row name">
          <h3 class="grow">${e.name}</h3>
          ${e.isOwn?y(t,()=>this.reset(e),{kind:`text`,name:`${e.name}: ${t}`}):a}
        </div>
        ${et(e.name,e.attitude,ir.map(e=>({value:e,label:this.say(`attitude_${e}`)})),t=>this.decide(e,t))}
        ${e.attitude===`allow`?c`<button class="proof" aria-haspopup="dialog" @click=${()=>this.chosen=e}>
              <span class="grow"
                ><span class="quiet">${e.name}: </span>${this.say(`proof`)}: ${this.say(`proof_${e.proof}`)}</span
              >${O(`after`)}
            </button>`:a}
      </li>
    `}proofs(e){let t=()=>this.chosen=void 0;return D(e.name,c`<div class="choices" role="radiogroup" aria-label=${this.say(`proof`)}>
        <p class="soft">${this.say(`proof`)}</p>
        ${n.map(t=>c`<label
            ><input type="radio" name="proof" .checked=${t===e.proof} @change=${()=>this.prove(e,t)} />
            <span>${this.say(`proof_${t}`)}</span></label
          >`)}
      </div>`,{main:y(this.say(`close`),t,{kind:`text`})},t)}decide({courier:e},t){this.emit(e===void 0?{default:t}:{couriers:E(this.rules.couriers,e,t)})}prove({courier:e},t){this.chosen=void 0,this.emit(e===void 0?{default_proof:t}:{proofs:E(this.rules.proofs,e,t)})}reset({courier:e=``}){let{couriers:t,proofs:n}=this.rules;this.emit({...e in t&&{couriers:E(t,e,void 0)},...e in n&&{proofs:E(n,e,void 0)}})}emit(e){this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:e,bubbles:!0,composed:!0}))}};_([g({attribute:!1})],Y.prototype,`words`,void 0),_([g({attribute:!1})],Y.prototype,`couriers`,void 0),_([g({attribute:!1})],Y.prototype,`rules`,void 0),_([s()],Y.prototype,`chosen`,void 0),Y=_([e(`courier-access-attitudes`)],Y);var ar={first:``,last:``,from:``,to:``},X=class extends h{constructor(...e){super(...e),this.exceptions=[],this.today=``,this.month=``,this.tapped=`single`,this.first=``}static{this.styles=[x,i`
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
    `]}render(){return c`
      ${et(this.say(`days_off`),this.tapped,[{value:`single`,label:this.say(`days_single`)},{value:`range`,label:this.say(`days_range`)}],e=>{this.tapped=e,this.first=``})}
      <p class="soft" aria-live="polite">${this.hint}</p>
      ${this.calendar(this.month||this.today.slice(0,7))} ${this.others()}
      ${y(this.say(`other_hours`),()=>this.entered=ar,{icon:`add`})}
      ${this.entered?this.otherHours(this.entered):a}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}get hint(){return this.tapped===`single`?this.say(`days_off_says`):this.first?this.say(`days_last_tap`):this.say(`days_first_tap`)}calendar(e){let t=this.words.date(`${e}-01`,{month:`long`,year:`numeric`}),n=[`01`,`02`,`03`,`04`,`05`,`06`,`07`].map(e=>`2024-01-${e}`),r=e<=this.today.slice(0,7);return c`
      <div class="row month">
        ${at(`before`,this.say(`month_before`),()=>this.month=Ze(e,-1),r)}
        <span class="grow" aria-live="polite">${t}</span>
        ${at(`after`,this.say(`month_after`),()=>this.month=Ze(e,1))}
      </div>
      <table aria-label=${t}>
        <thead>
          <tr>
            ${n.map(e=>c`<th scope="col" abbr=${this.words.date(e,{weekday:`long`})}>
                  ${this.words.date(e,{weekday:`narrow`})}
                </th>`)}
          </tr>
        </thead>
        <tbody>
          ${Ee(e,1).map(e=>c`<tr>${e.map(e=>c`<td>${this.cell(e)}</td>`)}</tr>`)}
        </tbody>
      </table>
    `}cell(e){if(!e)return a;let t=Qe(this.exceptions,e),n=t!==void 0&&me(t),r=this.words.date(e,{weekday:`long`,day:`numeric`,month:`long`}),i=[t&&!n&&`other`,e===this.today&&`today`,e===this.first&&`first`];return c`
      <button
        data-date=${e}
        class=${i.filter(Boolean).join(` `)}
        aria-pressed=${n}
        aria-label=${n?this.say(`day_off`,{date:r}):r}
        aria-current=${e===this.today?`date`:a}
        ?disabled=${e<this.today}
        @click=${()=>this.tap(e)}
      >
        ${Number(e.slice(8))}
      </button>
    `}tap(e){let{first:t}=this;this.tapped===`single`?this.emit(we(this.exceptions,e)):t?(this.first=``,this.emit(Ce(this.exceptions,t,e))):this.first=e}others(){let e=this.exceptions.filter(e=>(e.to??e.from)>=this.today);return e.length?c`<ul>
          ${e.map(e=>this.line(e))}
        </ul>`:a}line(e){let t=Ye(this.words,e),n=it(this.words,e);return c`
      <li class="row">
        <span class="grow">${this.words.say(`page_hours_line`,{days:t,hours:n})}</span>
        ${at(`remove`,this.say(`remove_named`,{name:t}),()=>this.emit(this.exceptions.filter(t=>t!==e)))}
      </li>
    `}otherHours(e){let t=t=>this.entered={...e,...t},{first:n,last:r,from:i,to:a}=e,o=r&&r<n||i&&a&&or(a)<=i,s=n&&!!i==!!a&&!o;return D(this.say(`other_hours`),c`
        <div class="fields">
          ${ut(this.home,this.say(`first_day`),n,e=>t({first:e}),{min:this.today})}
          ${ut(this.home,this.say(`last_day`),r,e=>t({last:e}),{min:n||this.today})}
          <div class="row">
            ${T(this.home,this.say(`from`),i,e=>t({from:e}))}
            ${T(this.home,this.say(`to`),a,e=>t({to:e}))}
          </div>
        </div>
        ${o?C(`error`,this.say(`ends_early`)):c`<p class="soft">${this.say(`other_hours_says`)}</p>`}
      `,{main:y(this.say(`save`),()=>this.add(e),{kind:`main`,disabled:!s}),other:y(this.say(`cancel`),()=>this.entered=void 0,{kind:`text`})},()=>this.entered=void 0)}add({first:e,last:t,from:n,to:r}){let i=n&&r?[{from:n,to:or(r)}]:[];this.entered=void 0,this.emit(ye(this.exceptions,{from:e,to:t||e,...i.length&&{windows:i}}))}emit(e){let t=e.filter(e=>(e.to??e.from)<this.today),n=e.filter(e=>!t.includes(e));this.dispatchEvent(new CustomEvent(`ca-exceptions`,{detail:n,bubbles:!0,composed:!0}))}};_([g({attribute:!1})],X.prototype,`home`,void 0),_([g({attribute:!1})],X.prototype,`words`,void 0),_([g({attribute:!1})],X.prototype,`exceptions`,void 0),_([g()],X.prototype,`today`,void 0),_([s()],X.prototype,`month`,void 0),_([s()],X.prototype,`tapped`,void 0),_([s()],X.prototype,`first`,void 0),_([s()],X.prototype,`entered`,void 0),X=_([e(`courier-access-days-off`)],X);function or(e){return e===`00:00`?`24:00`:e}var sr=[`binary_sensor`,`calendar`,`device_tracker`,`group`,`input_boolean`,`person`,`schedule`,`switch`],Z=class extends h{constructor(...e){super(...e),this.entities=[],this.name=``,this.heading=``}static{this.styles=[x,i`
      :host {
        margin-block-start: 16px;
      }
    `]}render(){return c`
      ${Xe(this.home,this.heading,sr,[...this.entities,...this.ours],e=>this.emit([...this.entities,e]))}
      <ul>
        ${this.entities.map(e=>c`
            <li class="row">
              <span class="grow">${this.nameOf(e)}</span>
              ${at(`remove`,this.words.say(`panel_remove_named`,{name:this.nameOf(e)}),()=>this.emit(this.entities.filter(t=>t!==e)))}
            </li>
          `)}
      </ul>
    `}get ours(){return Object.entries(this.home.entities??{}).flatMap(([e,t])=>t?.platform===`courier_access`?e:[])}nameOf(e){return this.home.states[e]?.attributes.friendly_name??e}emit(e){let t={[this.name]:e};this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:t,bubbles:!0,composed:!0}))}};_([g({attribute:!1})],Z.prototype,`home`,void 0),_([g({attribute:!1})],Z.prototype,`words`,void 0),_([g({attribute:!1})],Z.prototype,`entities`,void 0),_([g()],Z.prototype,`name`,void 0),_([g()],Z.prototype,`heading`,void 0),Z=_([e(`courier-access-linked`)],Z);var Q=class extends S{constructor(...e){super(...e),this.chosen=``,this.sending=0}willUpdate(e){let t=this.resident;if(!t)return;let n=e.get(`building`);!this.draft||this.draft.resident!==t.resident?(this.rules=void 0,this.draft=new He(this.access,this.building.building,t.resident,e=>this.rules=e,e=>this.tell({text:this.words.refusal(e)})),this.draft.load()):n&&this.draft.load()}render(){let{resident:e,rules:t}=this;return e?t?c`
      ${k(this.building).length>1?this.choice():a}
      <div
        aria-busy=${this.sending>0}
        @ca-rules=${e=>this.change(e.detail)}
        @ca-consent=${e=>this.change(e.detail)}
        @ca-week=${e=>this.change({windows:fe(e.detail)})}
        @ca-exceptions=${e=>this.change({exceptions:e.detail})}
      >
        ${t.consent===`given`?a:c`<section>
              <h2>${this.words.say(`page_consent`)}</h2>
              ${this.consent(e,t)}
            </section>`}
        ${this.week(se(v(t.windows)))}
        ${R(this.say(`days_off`),Le(this.words,t.exceptions,this.today),c`${this.shut()}
            <courier-access-days-off
              .home=${this.home}
              .words=${this.words}
              .exceptions=${t.exceptions}
              today=${this.today}
            ></courier-access-days-off>`)}
        ${this.couriers(t)}
        ${e.waits_for_confirmation||t.consent!==`given`?a:c`<courier-access-address-code
              .words=${this.words}
              .access=${this.access}
              .building=${this.building}
              .resident=${e}
            ></courier-access-address-code>`}
        ${this.conditions(t)} ${this.sharing(t)}
        <courier-access-fleet-visits
          .home=${this.home}
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .resident=${e}
        ></courier-access-fleet-visits>
        ${t.consent===`given`?R(this.words.say(`page_consent`),c`<span data-consent="given">${this.words.say(`page_consent_given`)}</span>`,this.consent(e,t)):a}
        <section>
          <a class="to" href=${be} target="_blank" rel="noreferrer">${this.say(`handbook`)}</a>
        </section>
      </div>
    `:c`<section>${j(this.say(`loading`))}</section>`:c`<section>${A(`locked`,this.say(`no_residence`))}</section>`}week(e){let t=de(e),n=se(v(this.building.hours));return R(this.words.say(`page_hours_heading`),Me(this.words,e),c`
        ${rt(this.words,ce,t,t=>this.tap(t,e))}
        ${this.tapped?this.sure(this.tapped,e):a}
        ${this.shut()}
        ${n.length?c`<p class="soft">${this.say(`building_hours_shaded`,{hours:Me(this.words,n)})}</p>`:a}
        <courier-access-week
          .home=${this.home}
          .words=${this.words}
          .spans=${e}
          .within=${n}
        ></courier-access-week>
        ${e.length?a:c`<p>${this.words.say(`page_hours_none`)}</p>`}
      `,!0)}shut(){let e=this.building.expected.filter(({opens:e})=>e?.length===0).length;return e?C(`warning`,this.say(`expected_shut`,{count:e})):a}tap(e,t){t.length&&(e===`always`||!de(t))?this.tapped=e:this.change({windows:fe(oe[e])})}sure(e,t){let n=()=>this.tapped=void 0;return D(lt(this.words,e),c`
        ${e===`always`?c`<p>${this.say(`always_sure`)}</p>`:a}
        <p>${this.say(`replaces_hours`,{hours:Me(this.words,t)})}</p>
      `,{main:y(this.say(`save`),()=>{n(),this.change({windows:fe(oe[e])})},{kind:`main`}),other:y(this.words.say(`page_door_back`),n,{kind:`text`})},n)}get resident(){return k(this.building).find(({resident:e})=>e===this.chosen)??k(this.building)[0]}get today(){return new Intl.DateTimeFormat(`en-CA`,{timeZone:this.words.zone}).format(/* @__PURE__ */ new Date)}choice(){return c`
      <section>
        ${M(this.say(`which_unit`),this.resident?.resident,k(this.building).map(({resident:e,unit:t})=>({value:e,label:t})),e=>this.chosen=e)}
      </section>
    `}consent(e,{consent:t}){return c`<courier-access-consent
      .words=${this.words}
      .access=${this.access}
      .building=${this.building}
      .resident=${{...e,consent:t}}
    ></courier-access-consent>`}couriers(e){return R(this.say(`couriers`),st(this.words,this.building.couriers,e),c`<courier-access-attitudes
        .words=${this.words}
        .couriers=${this.building.couriers}
        .rules=${e}
      ></courier-access-attitudes>`)}conditions(e){let t=[...e.only_while,...e.never_while].map(e=>this.home.states[e]?.attributes.friendly_name??e);return R(this.say(`conditions`),t.join(`, `)||this.say(`conditions_none`),c`
        <p class="soft">${this.say(`conditions_says`)}</p>
        ${[`only_while`,`never_while`].map(t=>c`
            <courier-access-linked
              .home=${this.home}
              .words=${this.words}
              .entities=${e[t]}
              name=${t}
              heading=${this.say(t)}
            ></courier-access-linked>
          `)}
      `)}sharing(e){return R(this.say(`sharing`),Be(this.words,e),c`
        <div class="fields">
          ${We(this.say(`share_hours`),e.share_hours,e=>void this.change({share_hours:e}))}
          ${T(this.home,this.say(`digest`),e.digest_at??``,e=>void this.change({digest_at:e||null}))}
        </div>
        <p class="soft">${this.say(`digest_says`)}</p>
      `)}async change(e){let{draft:t,resident:n}=this;if(!t||!n)return;this.sending++;let r=await t.change(e);this.sending--,r&&this.tell(ct(this.words,e,()=>void this.undo(t),n))}async undo(e){this.sending++;let t=await e.undo();this.sending--,t&&this.tell({text:this.say(`undone`),undo:()=>void this.undo(e)})}};_([s()],Q.prototype,`chosen`,void 0),_([s()],Q.prototype,`rules`,void 0),_([s()],Q.prototype,`tapped`,void 0),_([s()],Q.prototype,`sending`,void 0),Q=_([e(`courier-access-hours`)],Q);var cr=[`now`,`hours`,`entries`,`deliveries`],lr=`building`,ur=[`location-changed`,`popstate`],$=class extends h{constructor(...e){super(...e),this.narrow=!1,this.chosen=``,this.following=new le(this),this.locate=()=>{this.show(new URLSearchParams(location.search).get(`building`)??this.chosen)},this.next={handleEvent:()=>this.told=void 0,capture:!0}}static{this.styles=[x,i`
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
        inset: auto 8px calc(8px + env(safe-area-inset-bottom));
        width: auto;
        max-width: 560px;
        margin: 0 auto;
        border: none;
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
    `]}get hass(){return this.following.home}set hass(e){this.following.home=e}connectedCallback(){super.connectedCallback();for(let e of ur)window.addEventListener(e,this.locate)}disconnectedCallback(){super.disconnectedCallback();for(let e of ur)window.removeEventListener(e,this.locate);clearTimeout(this.fading)}willUpdate(e){e.has(`route`)&&(this.locate(),e.get(`route`)?.path!==this.route?.path&&(this.told=void 0))}show(e){e!==this.chosen&&(this.told=void 0),this.chosen=e}choose(e){this.show(e),history.replaceState(history.state,``,`${location.pathname}?building=${e}`)}render(){let{words:e}=this.following;if(!e)return c``;let t=this.current;return c`
      <header>
        ${Ve(this.hass,this.narrow,e.say(`panel_menu`),()=>this.toggleMenu())}
        <h1 class="grow">${t?.name??e.say(`panel_sidebar`)}</h1>
        ${this.choice(e)}
      </header>
      ${t?this.views(e.in(t.time_zone),t):c`<main>${this.nothing(e)}</main>`}
      <div role="status" aria-live="polite">${this.toast(e)}</div>
    `}get current(){let{all:e}=this.following;return e.find(({building:e})=>e===this.chosen)??e[0]}viewsOf(e){return dr(e)?e.is_owner?k(e).length?[...cr,lr]:[lr,...cr.filter(e=>e!==`hours`)]:cr:[lr]}viewOf(e){let t=this.route?.path.replace(/^\//,``),n=this.viewsOf(e);return n.find(e=>e===t)??n[0]??`now`}nothing(e){if(this.following.failure)return C(`error`,this.following.failure);let t=e.say(this.following.absence);return this.following.buildings?A(`locked`,t):j(t)}choice(e){let{all:t}=this.following;return t.length<2?a:M(e.say(`panel_which_building`),this.current?.building,t.map(({building:e,name:t})=>({value:e,label:t})),e=>this.choose(e))}views(e,t){let n=this.viewOf(t);return c`
      <nav aria-label=${e.say(`panel_sidebar`)}>
        ${this.viewsOf(t).map(t=>c`
            <a
              href="/courier-access/${t}"
              aria-current=${t===n?`page`:a}
              @click=${e=>this.go(e,t)}
              >${e.say(`panel_view_${t}`)}</a
            >
          `)}
      </nav>
      <main @click=${this.next} @ca-told=${e=>this.tell(e.detail)}>
        ${this.following.failure?C(`error`,this.following.failure):a}
        ${dr(t)&&!this.following.isReady(t)?C(`warning`,e.say(`panel_not_ready`)):a}
        ${dr(t)&&n!==lr?this.shown(e,t,n):c`<courier-access-building
              .home=${this.hass} .words=${e} .access=${this.following.access} .building=${t}
              .news=${this.following.ownersNews} .whole=${dr(t)}
            ></courier-access-building>`}
      </main>
    `}shown(e,t,n){let{home:r,access:i,news:a}=this.following;switch(n){case`now`:return c`<courier-access-now
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-now>`;case`hours`:return c`<courier-access-hours
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-hours>
          <courier-access-may-enter
            .home=${r} .words=${e} .access=${i} .building=${t}
            .couriers=${t.couriers.map(({courier:e,name:t})=>[e,t])}
            .doors=${t.doors.map(({door:e,name:t})=>[e,t])}
            .hours=${t.hours}
            .units=${fr(t)}
            .own=${fr(t)}
          ></courier-access-may-enter>`;case`entries`:return c`<courier-access-entries
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-entries>`;case`deliveries`:return c`<courier-access-deliveries
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-deliveries>`}}go(e,t){e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),history.pushState(null,``,`/courier-access/${t}`),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}})),this.scrollIntoView())}toggleMenu(){this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}tell(e){clearTimeout(this.fading),this.told=e,e.undo||(this.fading=setTimeout(()=>this.told=void 0,1e4))}updated(e){if(super.updated(e),!e.has(`told`))return;let t=this.renderRoot.querySelector(`.told`);t?.hidePopover?.(),t?.showPopover?.()}toast(e){let{told:t}=this;return t?c`
      <div class="told" popover="manual">
        <span class="grow">${t.text}</span>
        ${t.undo?c`<button
              @click=${()=>{this.told=void 0,t.undo?.()}}
            >
              ${e.say(`panel_undo`)}
            </button>`:a}
      </div>
    `:a}};_([g({type:Boolean,reflect:!0})],$.prototype,`narrow`,void 0),_([g({attribute:!1})],$.prototype,`route`,void 0),_([s()],$.prototype,`chosen`,void 0),_([s()],$.prototype,`told`,void 0),$=_([e(`courier-access-panel`)],$);function dr(e){return`doors`in e}function fr(e){return[...new Set(k(e).flatMap(e=>e.waits_for_confirmation?[]:e.unit))]}export{$ as Panel};