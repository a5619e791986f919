import{C as e,D as t,E as n,M as r,O as i,S as a,T as o,_ as s,a as c,b as l,c as u,d,f,g as p,h as m,i as h,j as ee,k as g,l as te,m as ne,n as _,o as v,p as re,r as y,s as ie,t as ae,u as oe,v as se,w as b,x as ce,y as le}from"./following-32879d48.js";import{A as ue,C as de,D as x,E as fe,F as S,I as pe,L as me,M as he,N as C,O as ge,P as w,R as _e,S as ve,T as ye,_ as T,a as be,b as E,c as xe,d as Se,f as Ce,g as D,h as we,i as Te,j as Ee,k as De,l as Oe,m as ke,n as Ae,o as je,p as Me,r as Ne,s as Pe,t as Fe,u as Ie,v as O,w as Le,x as Re,y as k}from"./now-4ef9fd5e.js";var ze=`important`,Be=` !`+ze,A=pe(class extends me{constructor(e){if(super(e),e.type!==_e.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[t]){let{style:n}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let e of this.ft)t[e]??(this.ft.delete(e),e.includes(`-`)?n.removeProperty(e):n[e]=null);for(let e in t){let r=t[e];if(r!=null){this.ft.add(e);let t=typeof r==`string`&&r.endsWith(Be);e.includes(`-`)||t?n.setProperty(e,t?r.slice(0,-11):r,t?ze:``):n[e]=r}}return i}});function j(e,t){return e.date(`2024-01-0${t+1}`,{weekday:`short`})}function Ve(e,t){let n=ne(t);return n===`always`||n===`none`?e.say(`panel_week_${n}`):c(t).map(({days:t,windows:n})=>`${He(e,t)} ${n.map(({from:t,to:n})=>e.hours(t,n)).join(`, `)}`).join(` · `)}function He(e,t){return t.length===7?e.say(`page_every_day`):le(t).map(([t,n])=>{let r=n===t+1?`, `:`–`;return t===n?j(e,t):j(e,t)+r+j(e,n)}).join(`, `)}var Ue=10,We=5,Ge=60,Ke=60,qe=44,Je={from:480,to:1080},M=class extends n{constructor(...e){super(...e),this.spans=[]}static{this.styles=[S,r`
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
      .window[aria-pressed="true"] {
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
      .more {
        padding: 0;
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
      .editor .row {
        align-items: end;
      }
      .editor .field {
        flex-direction: column;
        align-items: start;
        gap: 2px;
      }
      .editor {
        border-block-start: 1px solid var(--divider-color, #d0d0d0);
        margin-block-start: 8px;
        padding-block-start: 8px;
      }
    `]}render(){let e=this.shown??this.spans;return g`
      <p class="soft">${this.say(`week_how`)}</p>
      <p class="quiet" id="keys">${this.say(`week_keys`)}</p>
      <div class="scale" aria-hidden="true">
        <div class="hours">
          ${[0,6,12,18,24].map(e=>g`<span style=${A({"inset-inline-start":`${e/24*100}%`})}>${e}</span>`)}
        </div>
      </div>
      ${a.map((t,n)=>this.day(t,n,e))} ${this.editor()}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}day(e,n,r){let i=this.words.say(`page_${e}`),a=r.filter(e=>e.day===n),o=a.map(({from:e,to:t})=>this.words.hours(e,t)),s=re(a,o.map(e=>Ke+qe*e.length));return g`
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
            ${a.map(e=>this.window(e,i))}
            ${a.map((e,t)=>this.label(e,s[t],o[t]))}
          </div>
          ${this.held?.day===n?this.bubble(this.held):t}
        </div>
        <button class="more" aria-label=${this.say(`week_add`,{day:i})} @click=${()=>this.add(n)}>
          +
        </button>
      </div>
    `}label({from:e,to:n},r,i){if(r===void 0||r===`nowhere`)return t;let a={in:{"inset-inline-start":N(e),width:N(n-e)},before:{"inset-inline-end":N(y-e)},after:{"inset-inline-start":N(n)}}[r];return g`<span class="label" aria-hidden="true" style=${A(a)}>${i}</span>`}bubble({from:e,to:t}){let n=Math.min(y*.85,Math.max(y*.15,(e+t)/2));return g`<span class="bubble" aria-hidden="true" style=${A({"inset-inline-start":N(n)})}
      >${this.words.hours(e,t)}</span
    >`}window(e,t){let n=this.chosen?.day===e.day&&this.chosen.from===e.from,r=e.from===0&&e.to===1440;return g`
      <button
        class="window"
        data-from=${v(e.from)}
        data-to=${v(e.to)}
        aria-pressed=${n}
        aria-describedby="keys"
        aria-label=${r?this.words.say(`page_hours_line`,{days:t,hours:this.say(`all_day`)}):this.say(`week_window`,{day:t,from:this.words.clock(e.from),to:this.words.clock(e.to)})}
        style=${A({"inset-inline-start":N(e.from),width:N(e.to-e.from)})}
        @click=${()=>this.chosen=e}
        @keydown=${t=>this.key(t,e)}
      ></button>
    `}get current(){let{chosen:e}=this;return e&&te(this.spans,e.day,e.from)}editor(){let e=this.current;if(!e)return g``;let n=this.words.say(`page_${a[e.day]??`monday`}`),r=e.from===0&&e.to===1440;return g`
      <div class="editor" role="group" aria-label=${this.say(`week_edit`)}>
        <h3>${n}</h3>
        <div class="row">
          ${r?t:this.times(e)}
          <label
            ><input
              type="checkbox"
              .checked=${r}
              @change=${t=>this.whole(e,t.target.checked)}
            />${this.say(`all_day`)}</label
          >
          <button class="stop" @click=${()=>this.change(e,void 0)}>${this.say(`delete`)}</button>
          <label class="field"
            >${this.say(`copy`)}
            <select @change=${t=>this.copy(e.day,t)}>
              <option value="">–</option>
              <option value="all">${this.words.say(`page_every_day`)}</option>
              <option value="workdays">${this.say(`workdays`)}</option>
              ${a.map((n,r)=>r===e.day?t:g`<option value=${r}>${this.words.say(`page_${n}`)}</option>`)}
            </select>
          </label>
        </div>
      </div>
    `}times(e){return g`
      <label class="field"
        >${this.say(`from`)}
        <input
          type="time"
          step="900"
          .value=${v(e.from)}
          @change=${t=>this.retime(e,`from`,t)}
      /></label>
      <label class="field"
        >${this.say(`to`)}
        <input
          type="time"
          step="900"
          .value=${v(e.to%y)}
          @change=${t=>this.retime(e,`to`,t)}
      /></label>
    `}whole(e,t){this.change(e,{...e,...t?{from:0,to:y}:Je})}add(e){let t=se(this.spans,e);t&&this.change(void 0,t),this.focusOn(e)}retime(e,t,n){let r=n.target.value;if(!r)return;let i=d(r);this.change(e,s(e,t,t===`to`&&i===0?y:i))}copy(e,t){let n=t.target,r={all:[0,1,2,3,4,5,6],workdays:[0,1,2,3,4]}[n.value],i=ie(this.spans,e,r??[Number(n.value)]);n.value=``,this.emit(i)}key(e,t){let n=getComputedStyle(this).direction===`rtl`?`ArrowLeft`:`ArrowRight`,r=n===`ArrowLeft`?`ArrowRight`:`ArrowLeft`,i={[n]:15,[r]:-15}[e.key],a=t;if(i!==void 0)a=e.shiftKey?s(t,`to`,t.to+i):f(t,t.day,t.from+i);else if(e.key===`ArrowDown`||e.key===`ArrowUp`)a=f(t,t.day+(e.key===`ArrowDown`?1:-1),t.from);else if(e.key===`Delete`||e.key===`Backspace`)a=void 0;else return;e.preventDefault(),this.change(t,a),this.focusOn(a?.day??t.day)}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelectorAll(`.day`)[e]?.querySelector(`.window[aria-pressed="true"], .more`)?.focus()})}begin(e,t){if(e.button!==0||this.drag)return;let n=e.target,r=e.currentTarget,i=this.minuteOf(e,r),a=n.classList.contains(`window`)?te(this.spans,t,this.inside(i)):void 0;this.drag={grip:a?this.grip(e,n):`draw`,pointer:e.pointerId,began:{x:e.clientX,at:i},span:a,row:t,moves:!1},r.setPointerCapture(e.pointerId)}follow(e){let{drag:t}=this;t?.pointer===e.pointerId&&(t.moves||=Math.abs(e.clientX-t.began.x)>We||this.rowOf(e)!==t.row,t.moves&&(this.held=this.dragged(t,e),this.shown=p(this.spans,t.span,this.held)))}end(e){let{drag:t}=this;t?.pointer===e.pointerId&&(this.leave(),t.moves?this.change(t.span,this.dragged(t,e)):t.span?this.chosen=t.span:this.change(void 0,u(t.row,t.began.at,t.began.at+Ge)))}leave(){this.drag=void 0,this.shown=this.held=void 0}dragged(e,t){let n=this.minuteOf(t,t.currentTarget),{span:r}=e;return r?e.grip===`move`?f(r,this.rowOf(t)??e.row,r.from+n-e.began.at):s(r,e.grip===`from`?`from`:`to`,n):u(e.row,e.began.at,n)}grip(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect();if(i<30)return`move`;let[a,o]=this.isRightToLeft?[`to`,`from`]:[`from`,`to`];return e.clientX-n<Ue?a:r-e.clientX<Ue?o:`move`}get isRightToLeft(){return getComputedStyle(this).direction===`rtl`}minuteOf(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect(),a=this.isRightToLeft?r-e.clientX:e.clientX-n;return Math.min(y,Math.max(0,a/i*y))}inside(e){return Math.min(y-1,Math.floor(e))}rowOf(e){let t=[...this.renderRoot.querySelectorAll(`.track`)].findIndex(t=>{let{top:n,bottom:r}=t.getBoundingClientRect();return n<=e.clientY&&e.clientY<=r});return t<0?this.drag?.row:t}change(e,t){let n=p(this.spans,e,t),r=t&&te(n,t.day,t.from);this.chosen=r&&{day:r.day,from:r.from},this.emit(n)}emit(e){this.spans=e,this.dispatchEvent(new CustomEvent(`ca-week`,{detail:e,bubbles:!0,composed:!0}))}};_([b({attribute:!1})],M.prototype,`words`,void 0),_([b({attribute:!1})],M.prototype,`spans`,void 0),_([e()],M.prototype,`shown`,void 0),_([e()],M.prototype,`held`,void 0),_([e()],M.prototype,`chosen`,void 0),M=_([o(`courier-access-week`)],M);function N(e){return`${e/y*100}%`}var Ye={unauthenticated:`signature`,malformed:`form`,unsupported:`form`,too_large:`form`,slow_body:`form`,id_reused:`form`,in_flight:`often`,rate_limited:`often`,door_busy:`door`,door_unavailable:`door`,not_ready:`building`,ledger_unavailable:`building`,clock_untrusted:`building`};function Xe(e){let t=Ye[e];return t?`panel_problem_${t}`:`notification_reason_${e}`}function Ze({consent:e,on_paper:t}){return t?e===`given`?`given_on_paper`:`refused_on_paper`:e}function P(e){return!e.has_way||!!e.unreachable_since}function Qe(e,t){return e.residents.find(({resident:e})=>e===t.subject)}function $e({issues:e,record:t}){let n=e=>Number(e.kind===t.kept_out_by);return[...e].sort((e,t)=>n(t)-n(e))}function et(e,t){let[n,r]=e<1e6?[Math.max(1,Math.round(e/1e3)),`kilobyte`]:[e/1e6,`megabyte`];return new Intl.NumberFormat(t,{style:`unit`,unit:r,maximumFractionDigits:1}).format(n)}function tt(e,t){return JSON.stringify(m(e))===JSON.stringify(m(t))}var F=class extends D{constructor(...e){super(...e),this.kept={},this.busy=!1}willUpdate(e){e.has(`kept`)&&this.drawn&&tt(this.drawn,this.kept)&&(this.drawn=void 0)}render(){let e=this.drawn??this.kept,n=this.busy||tt(e,this.kept);return g`
      <section aria-busy=${this.busy}>
        <h2>${this.say(`building_hours`)}</h2>
        <p class="soft">${this.say(`building_hours_says`)}</p>
        ${this.words.readerIsElsewhere?g`<p class="status">${this.say(`elsewhere`,{zone:this.words.zone})}</p>`:t}
        <courier-access-week
          .words=${this.words}
          .spans=${oe(m(e))}
          @ca-week=${e=>this.drawn=l(e.detail)}
        ></courier-access-week>
        ${Object.keys(e).length?t:g`<p>${this.say(`building_hours_none`)}</p>`}
        <div class="row">
          ${k(this.say(`save`),()=>this.keep(e),{kind:`main`,disabled:n})}
          ${k(this.say(`cancel`),()=>this.drawn=void 0,{disabled:n})}
        </div>
      </section>
    `}async keep(e){let t=this.kept;this.busy=!0;let n=await this.act(()=>this.access.setHours(this.building.building,e));this.busy=!1,n&&(this.kept=e,this.drawn=void 0,this.tell({text:this.say(`kept`),undo:()=>void this.keep(t)}))}};_([b({attribute:!1})],F.prototype,`kept`,void 0),_([e()],F.prototype,`drawn`,void 0),_([e()],F.prototype,`busy`,void 0),F=_([o(`courier-access-building-hours`)],F);var I=class extends D{constructor(...e){super(...e),this.busy=!1}render(){return g`
      <section>
        <h2>${this.words.say(`page_check`)}</h2>
        <p>${this.words.say(`page_check_says`)}</p>
        <label for="notification">${this.words.say(`page_check_notification`)}</label>
        <textarea id="notification" rows="2" autocomplete="off"></textarea>
        ${k(this.words.say(`page_check_button`),()=>this.check(),{disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      </section>
    `}answer(e){return g`
      ${this.record(e)}
      ${e.notifications?e.notifications.map(({record:e,standing:t})=>g`
              <p class="status ${t===`unchanged`?`good`:`bad`}">
                ${this.words.say(`page_standing_${t}`,{record:e})}
              </p>
            `):g`<p class="soft">${this.words.say(`page_checked_alone`)}</p>`}
    `}record(e){return e.intact?e.notifications?.some(({standing:e})=>e!==`unchanged`)?t:g`<p class="status good">${this.words.say(`page_checked_intact`,{count:e.records})}</p>`:g`<p class="status bad">
        ${this.words.say(`page_checked_broken`,{record:e.broken_at??0})}
      </p>`}async check(){let e=this.renderRoot.querySelector(`textarea`);this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,e?.value.trim()??``)}),this.busy=!1}};_([e()],I.prototype,`found`,void 0),_([e()],I.prototype,`busy`,void 0),I=_([o(`courier-access-check`)],I);var nt=`/config/repairs`,rt=`/config/network`,it=`/config/cloud`,at=`/courier-access/entries?building=`,ot=3,st=[`nothing`,`not_https`];function L({building:e}){return`/config/integrations/integration/courier_access#config_entry=${e}`}function ct(e){return e.available?e.left_open?`left_open`:e.position===`jammed`?`door_jammed`:void 0:`door_unavailable`}function lt(e,t=[]){if(e.enabled){if(!e.doors.length)return`courier_no_doors`;if(e.keys.length)return e.reach===`not_https`?`courier_not_https`:e.reach===`nothing`||e.reach===`cloud_gone`?`courier_cut_off`:dt(e)?`courier_refused`:e.uses_newest_key===!1?`courier_old_key`:t.includes(e.courier)?`courier_never_heard`:void 0}}var ut=[`unauthenticated`,`malformed`,`unsupported`,`too_large`];function dt({last_refusal:e,last_contact:t}){return e!==null&&ut.includes(e.why)&&(t===null||t<e.at)}function ft(e){return P(e)?`unreachable`:e.consent===`not_given`?`consent_not_given`:void 0}function pt(e,t,n=!1){return new mt(e,t).all(n?[`no_residents`,`no_consent`,`consent_not_given`]:[])}var mt=class{constructor(e,t){this.owned=e,this.words=t,this.edit=L(e)}all(e){return[...this.keptOut(),...this.issues(),...this.address(),...this.doors(),...this.couriers(),...this.residents()].filter(({kind:t})=>!e.includes(t))}say(e,t){return this.words.say(`panel_${e}`,t)}has(e,t){return this.owned.issues.some(n=>n.kind===e&&(t===void 0||n.subject===t))}keptOut(){let{kept_out_by:e}=this.owned.record;return e===null||this.has(e)?[]:[{kind:e,name:this.say(`record`),says:this.words.issue(e,`title`,{building:this.owned.name}),href:nt}]}issues(){return $e(this.owned).filter(({kind:e})=>e!==`no_external_url`||!this.unreachable.length).map(e=>this.issue(e))}issue(e){let{kind:t,placeholders:n}=e,r=Qe(this.owned,e);return{kind:t,name:this.words.issue(t,`title`,n),says:r?this.named(r):``,...!e.is_fixable&&{more:this.words.issue(t,`description`,n)},href:{no_external_url:rt,cloud_address_gone:it,no_residents:this.edit}[t]??`/config/repairs`}}get unreachable(){return this.owned.couriers.filter(({enabled:e,keys:t,reach:n})=>e&&t.length&&st.includes(n))}address(){let[e]=this.unreachable;if(!e)return[];let t=this.unreachable.map(({name:e})=>e);return[{kind:`address`,name:this.list(t),says:this.say(`reach_${e.reach}`),href:rt}]}doors(){return this.owned.doors.flatMap(e=>{let t=ct(e);return!t||this.has(`opener_offline`,e.door)||this.has(`opener_removed`,e.door)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`left_open`?at+this.owned.building:this.edit}]})}couriers(){return this.owned.couriers.flatMap(e=>{let t=lt(e,this.owned.never_heard);if(!t||st.includes(e.reach))return[];let n={courier_cut_off:`cloud_address_gone`,courier_old_key:`key_ending`}[t];return n&&this.has(n,e.courier)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`courier_cut_off`?it:this.edit}]})}residents(){let e=this.owned.residents.filter(e=>P(e)&&!this.has(`resident_unreachable`,e.resident)),t=this.has(`no_consent`)?[]:this.owned.residents.filter(({consent:e})=>e===`not_given`);return[...this.people(`unreachable`,e),...this.people(`consent_not_given`,t)]}people(e,t){return t.length?[{kind:e,name:this.list(t.map(e=>this.named(e))),says:this.say(e),href:this.edit}]:[]}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}list(e){let t=e.length-ot;return e.slice(0,ot).join(`; `)+(t>0?`; +${t}`:``)}},ht={good:`good`,bad:`alert`,plain:`plain`};function R(e){let{tone:n,name:r,says:i,link:a,more:o=t}=e,s=g`<span class="name">${r}</span><span class="says ${e.isSaidOnly?`quiet`:``}">${i}</span>`;return g`
    <div class="item ${n}">
      ${De(e.icon??ht[n])}
      ${o===t?g`<div class="words">${s}</div>`:g`<details>
            <summary class="words">${s}${De(`open`)}</summary>
            ${o}
          </details>`}
      ${a?g`<a class="to" href=${a.href} aria-label=${a.label} @click=${e=>gt(e,a)}
            >${a.text}</a
          >`:t}
    </div>
  `}function gt(e,{go:t}){t&&(e.preventDefault(),t())}var _t=r`
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
`,z=class extends D{constructor(...e){super(...e),this.neverHeard=[],this.busy=!1}static{this.styles=[D.styles,_t]}render(){let{courier:e}=this,n=lt(e,this.neverHeard);return R({tone:n?`bad`:e.enabled&&e.keys.length?`good`:`plain`,name:e.name,says:this.state(n),more:g`
        ${e.doors.length?g`<p>${this.say(`courier_doors`,{doors:e.doors.join(`, `)})}</p>`:t}
        ${e.keys.length?this.messages(e):g`<p>${this.say(`key_none`)}</p>`}
      `,link:{href:L(this.building),text:this.say(`edit`),label:`${this.say(`edit`)}: ${e.name}`}})}show(){let e=this.renderRoot.querySelector(`details`);e&&(e.open=!0,this.scrollIntoView({block:`center`}),e.querySelector(`summary`)?.focus())}state(e){let{enabled:t,keys:n,last_contact:r}=this.courier;return t?e?this.say(e):n.length?r?this.say(`last_contact`,{time:this.words.moment(r)}):this.say(`courier_quiet`):this.say(`courier_without_key`):this.say(`courier_disabled`)}messages(e){return g`
      <p data-reach=${e.reach}>${this.say(`reach_${e.reach}`)}</p>
      ${e.keys.map(({kind:n,ends_at:r})=>g`
          <p>
            ${this.say(`key_${n}`)} ${r?this.say(`key_ends`,{time:this.words.moment(r)}):t}
            ${!r&&e.uses_newest_key===!1?this.say(`key_unused`):t}
          </p>
        `)}
      <p class="soft">
        ${e.last_contact?this.say(`last_contact`,{time:this.words.moment(e.last_contact)}):this.say(`never_heard`)}
        ${this.refusals()}
      </p>
      ${k(this.say(`test`),()=>this.test(),{disabled:this.busy})}
      <div role="status">${this.tried?this.answer(this.tried):``}</div>
    `}refusals(){let{refusals:e,last_refusal:t}=this.courier;return t?this.say(`refusals`,{count:e,time:this.words.moment(t.at),why:this.words.say(Xe(t.why))}):``}answer({found:e,why:n}){let r=e===`good`||e===`answers`;return g`
      <p class="status ${r?`good`:`bad`}" data-found=${e}>
        ${this.say(`found_${e}`)} ${n?this.words.say(Xe(n)):t}
        ${r&&this.courier.reach===`nothing`?this.say(`found_inside`):t}
      </p>
    `}async test(){this.busy=!0,this.tried=void 0,await this.act(async()=>{this.tried=await this.access.test(this.building.building,this.courier.courier)}),this.busy=!1}};_([b({attribute:!1})],z.prototype,`courier`,void 0),_([b({attribute:!1})],z.prototype,`neverHeard`,void 0),_([e()],z.prototype,`tried`,void 0),_([e()],z.prototype,`busy`,void 0),z=_([o(`courier-access-courier`)],z);var vt={courier_disabled:[`courier_disabled`],door_not_allowed:[`door_not_allowed`],paused:[`building_paused`,`unit_paused`],outside_building_hours:[`building_hours`]},yt=[`nobody_consents`,`withdrawn`,`denied`],bt={courier_disabled:`notification_reason_courier_disabled`,door_not_allowed:`notification_reason_door_not_allowed`,building_hours:`notification_reason_outside_building_hours`,building_paused:`page_shut_building_paused`,unit_paused:`page_shut_unit_paused`,nobody_consents:`page_shut_not_given`};function xt({admitted:e,reason:t}){return e?`yes`:t===`no_answer`?`ask`:`no`}function St(e){let t=vt[e.reason],n=e.because.filter(({says:n,layer:r})=>n===xt(e)&&(t?.includes(r)??!0));return n.find(({layer:e})=>yt.includes(e))??n.find(({layer:e})=>e!==`not_consenting`)??n[0]}function Ct(e,t,n){let r=St(n),i=xt(n);if(!r){if(i===`ask`)return``;let t=i===`yes`||n.reason===`not_accepting`;return e.say(t?`panel_rule_${i}`:`notification_reason_${n.reason}`)}let{layer:a,resident:o=``,entity:s=``}=r,c=bt[a];return c?e.say(c):e.say(`panel_rule_${a}`,{resident:o,entity:t[s]?.attributes.friendly_name??s})}function B(e,t,n,r=!1){return g`
    <section>
      <details ?open=${r}>
        <summary>
          <h2>${e}</h2>
          <span class="set soft">${t}</span>
          ${De(`open`)}
        </summary>
        <div class="inside">${n}</div>
      </details>
    </section>
  `}var V=class extends D{constructor(...e){super(...e),this.couriers=[],this.doors=[],this.units=[],this.chosen={},this.busy=!1}static{this.styles=[D.styles,r`
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
        gap: 8px 16px;
        align-items: end;
        margin-block: 8px 16px;
      }
      /* Their small labels have too little contrast in the dark theme. */
      ha-date-input,
      ha-time-input {
        --secondary-text-color: var(--primary-text-color);
      }
      .fields label.field {
        display: flex;
        align-items: stretch;
      }
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.found=void 0)}render(){if(!this.couriers.length||!this.doors.length||!this.units.length)return t;let e=this.at??this.now;return B(this.say(`check_access`),``,g`
        <p class="soft">${this.say(`check_says`)}</p>
        <div class="fields">
          ${this.select(`courier`,this.say(`orders_courier`))} ${this.select(`unit`,this.say(`which_unit`))}
          ${this.select(`door`,this.say(`orders_door`))}
          ${Re(this.home,this.words.say(`page_day`),e.day,t=>this.ask({at:{...e,day:t}}),{required:!0})}
          ${ge(this.home,this.say(`check_at`),e.time,t=>this.ask({at:{...e,time:t}}),{required:!0})}
        </div>
        ${k(this.say(`check`),()=>this.check(),{kind:`main`,disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      `)}get now(){return this.words.wall((/* @__PURE__ */ new Date()).toISOString())}select(e,n){let r=this.choices(e);return r.length<2?t:x(n,this.selected(e)?.[0],r.map(([e,t])=>({value:e,label:t})),t=>this.ask({chosen:{...this.chosen,[e]:t}}))}choices(e){return e===`unit`?this.units.map(e=>[e,e]):e===`courier`?this.couriers:this.doors}selected(e){let t=this.choices(e);return t.find(([t])=>t===this.chosen[e])??t[0]}ask(e){e.at?.day&&e.at.time&&(this.at=e.at),e.chosen&&(this.chosen=e.chosen),this.found=void 0}answer(e){let t=xt(e);return g`
      <p class="status ${t===`yes`?`good`:``}" data-answer=${t}>
        <strong>${this.say(`check_${t}`,{courier:e.courier})}</strong><br />
        ${Ct(this.words,this.home.states,e)}
      </p>
    `}async check(){let[e,t,n]=[`courier`,`unit`,`door`].map(e=>this.selected(e));if(!e||!t||!n)return;let[,r]=e;this.busy=!0,this.found=void 0,await this.act(async()=>{let e=this.at&&`${this.at.day}T${this.at.time}`,i=await this.access.check(this.building.building,n[0],t[0],e);this.found=i.find(e=>e.courier===r)??{courier:r,unit:t[0],admitted:!1,reason:`door_not_allowed`,because:[]}}),this.busy=!1}};_([b({attribute:!1})],V.prototype,`couriers`,void 0),_([b({attribute:!1})],V.prototype,`doors`,void 0),_([b({attribute:!1})],V.prototype,`units`,void 0),_([e()],V.prototype,`chosen`,void 0),_([e()],V.prototype,`at`,void 0),_([e()],V.prototype,`found`,void 0),_([e()],V.prototype,`busy`,void 0),V=_([o(`courier-access-may-enter`)],V);var wt=[`door`,`courier`,`resident`,`consent`,`hours`,`entry`],Tt=[`consent`,`hours`,`entry`];function Et(e,t){switch(t){case`door`:return e.doors.length>0;case`courier`:return e.couriers.some(({enabled:e,doors:t})=>e&&t.length>0);case`resident`:return e.residents.length>0;case`consent`:return e.residents.some(({consent:e})=>e===`given`);case`hours`:return e.has_residents_hours;case`entry`:return e.ever_admitted===!0}}function Dt(e){return e.ever_admitted===!1}function Ot(e){return wt.find(t=>!Et(e,t))}var kt=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],At=[`locked`,`locking`],jt={door:`panel_orders_door`,courier:`panel_orders_courier`,resident:`panel_residents`,consent:`csv_resident_consent`,hours:`page_time`,entry:`panel_setup_entry`},Mt=1800,H=class extends D{constructor(...e){super(...e),this.news=0,this.whole=!0,this.reading=0}static{this.styles=[D.styles,_t,r`
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
    `]}connectedCallback(){super.connectedCallback(),this.renewing=setInterval(()=>void this.read(),Mt*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.renewing)}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.owned=void 0),(e.has(`news`)||e.has(`building`))&&this.read()}async read(){let e=++this.reading;try{let t=await this.access.owned(this.building.building);e===this.reading&&(this.owned=t)}catch(e){this.owned||this.tell({text:this.words.refusal(e)})}}render(){let{owned:e}=this;return e?g`
      ${Dt(e)?this.setup(e):t} ${this.required(e)}
      <courier-access-may-enter
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .couriers=${e.couriers.map(({courier:e,name:t})=>[e,t])}
        .doors=${e.doors.map(({door:e,name:t})=>[e,t])}
        .units=${this.whole?Nt(e):[]}
      ></courier-access-may-enter>
      ${this.doors(e)} ${this.couriers(e)} ${this.residents(e)} ${this.links(e)} ${this.record(e)}
      <courier-access-building-hours
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .kept=${e.hours}
      ></courier-access-building-hours>
    `:g`<section>${ye(this.say(`loading`))}</section>`}setup(e){let t=Ot(e);return g`
      <section data-setup=${t??``}>
        <h2>${this.say(`setup`)}</h2>
        <ol class="rows">
          ${wt.map(n=>g`<li data-step=${n}>${this.step(e,n,n===t)}</li>`)}
        </ol>
      </section>
    `}step(e,t,n){let r=Et(e,t),i=this.words.say(jt[t]);return R({tone:r?`good`:`plain`,name:i,says:r?this.say(`setup_done`):n&&Tt.includes(t)?this.say(`setup_${t}_says`):``,isSaidOnly:r,link:n?{...this.link(this.placeOf(t),this.say(`setup_next`),i),...this.test(e,t)}:void 0})}placeOf(e){let t={consent:`now`,hours:`hours`,entry:`deliveries`}[e];return t&&(this.isResident||e===`entry`)?`/courier-access/${t}?building=${this.building.building}`:L(this.building)}test({couriers:e},t){let n=e.find(({enabled:e,keys:t})=>e&&t.length);if(t!==`entry`||this.isResident||!n)return{};let r=()=>this.renderRoot.querySelector(`[data-courier="${n.courier}"] > *`);return{go:()=>r()?.show()}}get isResident(){return`residents`in this.building&&T(this.building).length>0}required(e){let t=pt(e,this.words,Dt(e));return g`
      <section>
        <h2>${this.say(`needs_you`)}</h2>
        ${t.length?g`<ul class="rows">
              ${t.map(e=>this.action(e))}
            </ul>`:g`<p class="status good">${this.say(`needs_nothing`)}</p>`}
      </section>
    `}action({kind:e,name:n,says:r,more:i,href:a}){return g`
      <li data-issue=${e}>
        ${R({tone:`bad`,name:n,says:r,more:i?g`<p class="text">${i}</p>`:t,link:this.link(a,this.say(`fix`),n)})}
      </li>
    `}link(e,t,n){return{href:e,text:t,label:`${t}: ${n}`}}edit(e){return this.link(L(this.building),this.say(`edit`),e)}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}couriers(e){return g`
      <section>
        <h2>${this.say(`couriers`)}</h2>
        ${e.couriers.length?g`<ul class="rows">
              ${e.couriers.map(t=>g`
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
            </ul>`:g`<p>${this.words.say(`page_lobby_couriers_none`)}</p>`}
      </section>
    `}doors(e){return g`
      <section>
        <h2>${this.say(`doors`)}</h2>
        <ul class="rows">
          ${e.doors.map(e=>this.door(e))}
        </ul>
      </section>
    `}door(e){let n=kt.includes(e.position)?e.position:`unavailable`,r=ct(e),i=r?`alert`:At.includes(n)?`locked`:`unlocked`;return g`
      <li data-door=${e.door}>
        ${R({tone:r?`bad`:i===`locked`?`good`:`plain`,icon:i,name:e.name,says:this.say(r??`door_${n}`),more:g`
            ${e.available?t:g`<p>${this.unavailable(e)}</p>`}
            <p class="soft">
              ${this.opener(e)} ${this.say(`unlock_seconds`,{seconds:e.unlock_seconds})}
              ${this.say(e.contact?`contact_${e.contact}`:`contact_none`)}
            </p>
          `,link:this.edit(e.name)})}
      </li>
    `}opener({opener:e}){if(e===null)return``;let t=this.home.states[e]?.attributes.friendly_name??e;return this.say(`opener`,{name:t})}unavailable(e){return e.opener_removed?this.say(`opener_removed`):e.unavailable_since?this.say(`opener_away_since`,{time:this.words.moment(e.unavailable_since)}):``}residents(e){return g`
      <section>
        <h2>${this.say(`residents`)}</h2>
        <ul class="rows">
          ${e.residents.map(e=>this.resident(e))}
        </ul>
      </section>
    `}resident(e){let n=Ze(e),r=ft(e),i=e.consent===`given`,a=[...P(e)?[this.say(`unreachable`)]:[],...e.waits_for_confirmation?[this.say(`pending`)]:[],...n?[this.say(`consent_${n}`)]:[]];return g`
      <li class="resident" data-resident=${e.resident}>
        ${R({tone:r?`bad`:i&&!e.waits_for_confirmation?`good`:`plain`,name:this.named(e),says:a.join(` · `),more:P(e)||e.waits_for_confirmation?g`
                  ${P(e)?g`<p>${this.outOfReach(e)}</p>`:t}
                  ${e.waits_for_confirmation?g`<p>${this.say(`waits`)}</p>`:t}
                `:t,link:this.edit(this.named(e))})}
      </li>
    `}outOfReach({unreachable_since:e}){return e?this.say(`unreachable_since`,{time:this.words.moment(e)}):this.say(`no_way`)}links(e){return g`
      <section>
        <h2>${this.say(`links`)}</h2>
        <ul class="links">
          <li><a class="to" href=${e.links.notice} target="_blank">${this.say(`open_notice`)}</a></li>
          <li><a class="to" href=${e.links.residents} download>${this.say(`open_list`)}</a></li>
          <li><a class="to" href=${L(this.building)}>${this.say(`open_settings`)}</a></li>
        </ul>
      </section>
    `}record(e){let{kept_out_by:n,records:r,newest_at:i,retention_days:a,notifications_pending:o}=e.record;return g`
      <section>
        <h2>${this.say(`record`)}</h2>
        <p class="status ${n?`bad`:`good`}" data-kept-out=${n??``}>
          <strong
            >${n?this.words.issue(n,`title`,{building:e.name}):this.say(`record_well`)}</strong
          >
        </p>
        <p>
          ${r===null?t:this.say(`record_has`,{count:r,size:et(e.record_bytes,this.words.language)})}
          ${i?this.say(`record_newest`,{time:this.words.moment(i)}):t}
        </p>
        <p class="soft">
          ${this.say(`record_keeps`,{days:a})} ${o?this.say(`notifications_pending`,{count:o}):t}
        </p>
      </section>
      ${this.whole?g`<courier-access-check
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
          ></courier-access-check>`:t}
    `}};_([b({type:Number})],H.prototype,`news`,void 0),_([b({type:Boolean})],H.prototype,`whole`,void 0),_([e()],H.prototype,`owned`,void 0),H=_([o(`courier-access-building`)],H);function Nt({residents:e}){return[...new Set(e.map(({unit:e})=>e))].sort((e,t)=>e.localeCompare(t,void 0,{numeric:!0}))}var Pt=(e,t,n)=>{let r=/* @__PURE__ */ new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},Ft=pe(class extends me{constructor(e){if(super(e),e.type!==_e.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let a=ue(e),{values:o,keys:s}=this.dt(t,n,r);if(!Array.isArray(a))return this.ut=s,o;let c=this.ut??=[],l=[],u,d,f=0,p=a.length-1,m=0,h=o.length-1;for(;f<=p&&m<=h;)if(a[f]===null)f++;else if(a[p]===null)p--;else if(c[f]===s[m])l[m]=C(a[f],o[m]),f++,m++;else if(c[p]===s[h])l[h]=C(a[p],o[h]),p--,h--;else if(c[f]===s[h])l[h]=C(a[f],o[h]),w(e,l[h+1],a[f]),f++,h--;else if(c[p]===s[m])l[m]=C(a[p],o[m]),w(e,a[f],a[p]),p--,m++;else if(u===void 0&&(u=Pt(s,m,h),d=Pt(c,f,p)),u.has(c[f])){if(u.has(c[p])){let t=d.get(s[m]),n=t===void 0?null:a[t];if(n===null){let t=w(e,a[f]);C(t,o[m]),l[m]=t}else l[m]=C(n,o[m]),w(e,a[f],n),a[t]=null;m++}else Ee(a[p]),p--}else Ee(a[f]),f++;for(;m<=h;){let t=w(e,l[h+1]);C(t,o[m]),l[m++]=t}for(;f<=p;){let e=a[f++];e!==null&&Ee(e)}return this.ut=s,he(e,l),i}}),It={day:{from:`08:00`,to:`18:00`},evening:{from:`17:00`,to:`21:00`},all_day:{from:`00:00`,to:`00:00`}};function Lt(e,t){let n=a[((/* @__PURE__ */ new Date(`${t}T00:00:00Z`)).getUTCDay()+6)%7],r=Oe(e.exceptions,t),i=(r?r.windows:n&&e.windows[n])??[];if(!i.length)return;let o=i.map(e=>e.from).sort()[0]??``,s=i.map(e=>e.to).sort().at(-1)??``;return{from:o.slice(0,5),to:s.slice(0,5)===`24:00`?`00:00`:s.slice(0,5)}}function Rt({from:e,to:t}){let n=d(t)-d(e);return(n>0?n:n+y)/60}function zt(e,{from:t,to:n}){let r=t<n?e:xe(e,1);return{starts_at:`${e}T${t}:00`,ends_at:`${r}T${n}:00`}}function Bt(e,t,n,r){let i=t&&Lt(t,e);return[...[...i?[[`mine`,i]]:[],[`day`,It.day],[`evening`,It.evening],[`all_day`,It.all_day]].filter(([,t])=>Rt(t)<=n.longest_grant_hours&&zt(e,t).ends_at>r),[`other`,void 0]]}function Vt({couriers:e,doors:t}){return e.filter(e=>e.enabled&&t.some(({door:t})=>e.doors.includes(t)))}function Ht({pin:e,short_code:t,link:n},r){return[r.title,r.window,`${r.pin} ${e}`,`${r.code} ${t}`,...n?[n]:[]].join(`
`)}var U=`other`,Ut=64,W=class extends D{constructor(...e){super(...e),this.unit=``,this.courier=``,this.door=``,this.choice=``,this.day=``,this.refusal=``,this.sending=!1,this.times={from:``,to:``},this.read=``}static{this.styles=[D.styles,r`
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
    `]}willUpdate(e){this.day||this.begin();let t=this.resident,n=`${this.building.building} ${t?.resident}`;t&&(n!==this.read||e.get(`building`))&&(this.read=n,this.access.rules(this.building.building,t.resident).then(e=>this.rules=e,()=>this.rules=void 0))}firstUpdated(){Le(this.renderRoot.querySelector(`ha-select, select, .chips button`))}begin(){let{delivery:e}=this;if(!e){this.choice=this.day=this.today;return}let[t,n]=[this.words.wall(e.starts_at),this.words.wall(e.ends_at)];this.unit=e.units?.[0]??``,this.courier=e.courier_id??``,this.door=e.door_id??``,this.day=t.day,this.choice=this.days.includes(t.day)?t.day:U,this.preset=`other`,this.times={from:t.time,to:n.time}}render(){let e=this.chosen;if(!e)return t;let n=Bt(this.day,this.rules,e,this.now),[r]=n.find(([e])=>e===this.preset)??n[0]??[`other`],i=this.doorsOf(e);return g`
      <form aria-busy=${this.sending} @submit=${e=>this.send(e,n,r)}>
        ${this.delivery?t:this.who(e)}
        ${i.length>1?x(this.words.say(`csv_door`),this.door||i[0]?.door,i.map(({door:e,name:t})=>({value:e,label:t})),e=>this.door=e):t}
        ${this.when()}
        ${E(this.words.say(`page_time`),r,n.map(([e,t])=>({value:e,label:this.preset_name(e,t)})),e=>this.preset=e)}
        ${r===`other`?g`<div class="row">
              ${[`from`,`to`].map(e=>ge(this.home,this.say(e),this.times[e],t=>this.times={...this.times,[e]:t},{name:e,required:!0}))}
            </div>`:t}
        <label class="field"
          >${this.words.say(`page_note`)}
          <input
            name="parcel"
            maxlength=${Ut}
            autocomplete="off"
            aria-describedby="note"
            value=${this.delivery?.parcel_ref??``}
        /></label>
        <span class="soft" id="note">${this.words.say(`page_note_says`)}</span>
        ${this.refusal?O(`error`,this.refusal):t}
        <div class="row">
          ${k(this.say(`save`),void 0,{kind:`main`,submits:!0,disabled:this.sending})}
          ${k(this.say(`cancel`),()=>this.close(),{kind:`text`})}
        </div>
      </form>
    `}who(e){let n=T(this.building).map(({unit:e})=>e);return g`
      ${n.length>1?x(this.say(`which_unit`),this.resident?.unit,n.map(e=>({value:e,label:e})),e=>this.unit=e):t}
      ${x(this.words.say(`csv_courier`),e.courier,Vt(this.building).map(({courier:e,name:t})=>({value:e,label:t})),e=>this.courier=e)}
    `}when(){let{language:e}=this.words,n=new Intl.RelativeTimeFormat(e,{numeric:`auto`}),r=this.days.map((t,r)=>({value:t,label:Ae(n.format(r,`day`),e)}));return g`
      ${E(this.words.say(`page_day`),this.choice,[...r,{value:U,label:this.say(`other_day`)}],e=>{this.choice=e,e!==U&&(this.day=e)})}
      ${this.choice===U?Re(this.home,this.words.say(`page_day`),this.day,e=>this.day=e||this.day,{min:this.today,required:!0}):t}
    `}preset_name(e,t){if(e===`other`||!t)return this.words.say(`page_other_times`);if(e===`all_day`)return Ae(this.words.say(`page_all_day`),this.words.language);let n=this.words.say(`page_hours`,{start:t.from,end:t.to===`00:00`?`24:00`:t.to});return e===`mine`?`${this.words.say(`page_my_hours`)} (${n})`:n}get resident(){let e=T(this.building).filter(e=>!e.waits_for_confirmation);return e.find(({unit:e})=>e===this.unit)??e[0]}get chosen(){let e=Vt(this.building);return e.find(({courier:e})=>e===this.courier)??e[0]}doorsOf(e){return this.building.doors.filter(({door:t})=>e.doors.includes(t))}get now(){let{day:e,time:t}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return`${e}T${t}:00`}get today(){return this.now.slice(0,10)}get days(){return[this.today,xe(this.today,1)]}async send(e,t,n){e.preventDefault();let r=new FormData(e.target),i=this.chosen;if(!i||this.sending)return;let a=t.find(([e])=>e===n)?.[1]??this.times;if(!a.from||!a.to){this.refusal=this.words.say(`page_expect_unreadable`);return}let o=this.doorsOf(i).map(({door:e})=>e),s=(o.includes(this.door)?this.door:o[0])??``,c={...zt(this.day,a),door:s,parcel_ref:String(r.get(`parcel`)??``)},{building:l}=this.building,{delivery:u}=this;this.sending=!0,this.refusal=``;try{let{decision:e,reason:t}=u?.grant_id?await this.access.revise(l,i.courier,u.grant_id,c):await this.access.issue(l,i.courier,this.resident?.unit??``,c);if(e===`accepted`)this.tell({text:this.words.say(u?`page_said_revise`:`page_said_expect`)}),this.close();else{let e=this.words.say(`notification_reason_${t}`);this.refusal=`${this.words.say(`page_expect_refused`)} ${e}`}}catch(e){this.refusal=this.words.refusal(e)}this.sending=!1}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};_([b({attribute:!1})],W.prototype,`delivery`,void 0),_([e()],W.prototype,`unit`,void 0),_([e()],W.prototype,`courier`,void 0),_([e()],W.prototype,`door`,void 0),_([e()],W.prototype,`choice`,void 0),_([e()],W.prototype,`day`,void 0),_([e()],W.prototype,`preset`,void 0),_([e()],W.prototype,`rules`,void 0),_([e()],W.prototype,`refusal`,void 0),_([e()],W.prototype,`sending`,void 0),_([e()],W.prototype,`times`,void 0),W=_([o(`courier-access-expect`)],W);var Wt=3,Gt=20,G=class extends D{constructor(...e){super(...e),this.orders=[],this.draft={}}willUpdate(e){this.resident&&this.read!==this.building.building&&(this.read=this.building.building,this.sources=void 0,this.load())}render(){let{resident:e,sources:n}=this;if(!e)return t;let r=this.orders.filter(e=>e.resident!==void 0);return g`
      <section>
        <h2>${this.say(`orders`)}</h2>
        <p class="soft">${this.say(`orders_says`)}</p>
        ${r.length===0?g`<p>${this.say(`orders_none`)}</p>`:g`<ul>
              ${r.map(e=>this.row(e))}
            </ul>`}
        ${n?this.form(e,n):g`<button @click=${()=>this.open(e)}>${this.say(`orders_give`)}</button>`}
      </section>
    `}get resident(){return T(this.building)[0]}async load(){await this.act(async()=>this.orders=await this.access.orders(this.building.building))}row(e){let n=[e.courier??`–`,e.door].filter(Boolean).join(`, `);return g`
      <li data-order=${e.order}>
        <p><strong>${n}</strong></p>
        <p>${e.source??this.say(`orders_gone`)}</p>
        <p class="soft">
          ${this.say(`orders_most`,{count:e.most_per_day??0})}${e.is_paused?g` · ${this.say(`orders_paused`)}`:t}
        </p>
        <div class="row">
          <button @click=${()=>this.pause(e)}>
            ${e.is_paused?this.say(`orders_resume`):this.say(`orders_pause`)}
          </button>
          <button class="stop" @click=${()=>this.withdraw(e)}>${this.say(`orders_withdraw`)}</button>
        </div>
      </li>
    `}form(e,n){let{draft:r}=this,i=r.device!==void 0||r.sensor!==void 0;return g`
      <p>
        <label
          >${this.say(`orders_source`)}
          <select name="source" @change=${e=>this.choose(e)}>
            <option value="">–</option>
            <optgroup label=${this.say(`orders_accounts`)}>
              ${n.devices.map(({device:e,name:t})=>g`<option value="device ${e}">${t}</option>`)}
            </optgroup>
            <optgroup label=${this.say(`orders_sensors`)}>
              ${n.sensors.map(({sensor:e,name:t})=>g`<option value="sensor ${e}">${t}</option>`)}
            </optgroup>
          </select>
        </label>
      </p>
      <p>
        <label
          >${this.say(`orders_courier`)}
          <select name="courier" @change=${e=>this.put(`courier`,Kt(e))}>
            <option value="">–</option>
            ${this.building.couriers.filter(({enabled:e})=>e).map(({courier:e,name:t})=>g`<option value=${e}>${t}</option>`)}
          </select>
        </label>
      </p>
      ${this.building.doors.length>1?g`<p>
            <label
              >${this.say(`orders_door`)}
              <select name="door" @change=${e=>this.put(`door`,Kt(e))}>
                <option value="">–</option>
                ${this.building.doors.map(({door:e,name:t})=>g`<option value=${e}>${t}</option>`)}
              </select>
            </label>
          </p>`:t}
      <p>
        <label
          >${this.say(`orders_count`)}
          <input
            type="number"
            min="1"
            max=${Gt}
            .value=${String(r.most_per_day??Wt)}
            @change=${e=>this.count(e)}
        /></label>
      </p>
      <div class="row">
        <button class="main" ?disabled=${!i||!r.courier} @click=${()=>this.give(e)}>
          ${this.say(`orders_give`)}
        </button>
        <button @click=${()=>this.sources=void 0}>${this.say(`cancel`)}</button>
      </div>
    `}async open(e){this.draft={},await this.act(async()=>this.sources=await this.access.orderSources(this.building.building,e.resident))}choose(e){let{device:t,sensor:n,...r}=this.draft,[i,a]=Kt(e).split(` `);this.draft={...r,...i===`device`||i===`sensor`?{[i]:a}:{}}}put(e,t){let{[e]:n,...r}=this.draft;this.draft=t?{...r,[e]:t}:r}count(e){let t=Math.round(Number(Kt(e)))||Wt;this.draft={...this.draft,most_per_day:Math.min(Gt,Math.max(1,t))}}async give(e){await this.act(()=>this.access.setOrder(this.building.building,e.resident,this.draft),this.say(`orders_given`))&&(this.sources=void 0),await this.load()}async pause({order:e,is_paused:t,resident:n}){n!==void 0&&(await this.act(()=>this.access.setOrder(this.building.building,n,{order:e,paused:!t})),await this.load())}async withdraw({order:e}){await this.act(()=>this.access.withdrawOrder(this.building.building,e),this.say(`orders_withdrawn`)),await this.load()}};_([e()],G.prototype,`orders`,void 0),_([e()],G.prototype,`sources`,void 0),_([e()],G.prototype,`draft`,void 0),G=_([o(`courier-access-orders`)],G);function Kt(e){return e.target.value}var qt=class extends D{static{this.styles=[D.styles,r`
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
    `]}render(){let{pin:e,short_code:n,link:r,qr:i,starts_at:a,ends_at:o}=this.made;return g`
      <div class="status good" role="status">
        <h3>${this.words.say(`page_pass`)}</h3>
        <p>${this.words.say(`page_pass_pin`)} <span class="code" data-pin>${e}</span></p>
        <p>${this.words.say(`page_pass_code`)} <span class="code short">${n}</span></p>
        ${r?g`<p class="link">${this.words.say(`page_pass_link`)} <a href=${r}>${r}</a></p>`:t}
        ${i?g`<svg
              viewBox="0 0 ${i.side} ${i.side}"
              role="img"
              aria-label=${this.words.say(`page_pass_qr`)}
              shape-rendering="crispEdges"
            >
              ${ee`<path d=${i.path} />`}
            </svg>`:t}
        <p>${this.words.span(a,o)}</p>
        <p>${this.words.say(`page_pass_says`)}</p>
        <p class="soft">${this.words.say(`page_said_make_pass`)}</p>
        <div class="row">
          ${k(this.say(`share`),()=>void this.share(),{kind:`main`})}
          ${k(this.say(`close`),()=>this.close())}
          ${k(this.say(`revoke`),()=>void this.revoke(),{kind:`stop`})}
        </div>
      </div>
    `}async share(){let{words:e,delivery:t,made:n}=this,r=Ht(n,{title:e.say(`page_at`,{courier:t.courier,door:t.door}),window:e.span(n.starts_at,n.ends_at),pin:e.say(`page_pass_pin`),code:e.say(`page_pass_code`)});try{if(typeof navigator.share==`function`)return await navigator.share({text:r});await Jt(r),this.tell({text:this.say(`copied`)})}catch(t){t.name!==`AbortError`&&this.tell({text:e.refusal(t)})}}async revoke(){await this.act(()=>this.access.revokePass(this.building.building,this.made.pass),this.words.say(`page_said_revoke_pass`))&&this.close()}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};_([b({attribute:!1})],qt.prototype,`delivery`,void 0),_([b({attribute:!1})],qt.prototype,`made`,void 0),qt=_([o(`courier-access-pass`)],qt);async function Jt(e){if(navigator.clipboard)return navigator.clipboard.writeText(e);let t=document.body.appendChild(document.createElement(`textarea`));t.value=e,t.select();let n=document.execCommand(`copy`);if(t.remove(),!n)throw Error(e)}var Yt=[6,12,18],Xt=60;function Zt(e,{starts_at:t,ends_at:n},r){let[i,a,o]=[t,n,new Date(r).toISOString()].map(t=>e.wall(t)),s=i.day<o.day&&o.day<=a.day?o.day:i.day;return{day:s,from:i.day<s?0:d(i.time),to:a.day>s?y:d(a.time),now:o.day===s?d(o.time):void 0}}function Qt(e,n){let{from:r,to:i,now:a}=Zt(e,n,Date.now()),o=e=>`${e/y*100}%`;return g`
    <div class="day-bar" aria-hidden="true">
      <div class="bar">
        <span class="span" style="inset-inline-start: ${o(r)}; inline-size: ${o(i-r)}"></span>
        ${a===void 0?t:g`<span class="now" style="inset-inline-start: ${o(a)}"></span>`}
      </div>
      ${Yt.map(t=>g`<span class="hour" style="inset-inline-start: ${o(t*Xt)}">${e.clock(t*Xt)}</span>`)}
    </div>
  `}var $t=r`
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
`,en=`new`,tn=class extends D{static{this.styles=[D.styles,$t,r`
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
    `]}disconnectedCallback(){super.disconnectedCallback(),this.made=this.edited=void 0}render(){let e=this.building.expected;return g`
      <div class="row head">
        <h2 class="grow">${this.words.say(`page_expected`)}</h2>
        ${this.mayExpect&&!this.edited?k(this.words.say(`page_expect`),()=>this.edited=en,{kind:`main`,icon:`add`}):t}
      </div>
      ${this.form()}
      ${e.length===0?g`<section>${de(`locked`,this.say(`expected_none`))}</section>`:g`<ul>
            ${Ft(e,K,e=>this.delivery(e))}
          </ul>`}
      <courier-access-orders
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-orders>
    `}delivery(e){return g`
      <li>
        <p><strong>${this.words.say(`page_at`,{courier:e.courier,door:e.door})}</strong></p>
        <p>${this.words.span(e.starts_at,e.ends_at)}</p>
        ${Qt(this.words,e)}
        ${e.units?this.details(e):g`<p class="soft">${this.say(`expected_others`)}</p>`}
        ${e.units?this.own(e):t}
      </li>
    `}details({units:e=[],parcel_ref:t,entries_left:n}){let r=[...T(this.building).length>1?e.map(e=>this.words.say(`notification_unit`,{unit:e})):[],...t?[this.words.say(`notification_parcel`,{parcel:t})]:[],...n===void 0||n<2?[]:[this.say(`entries_left`,{count:n})]];return g`<p class="soft">${r.join(` `)}</p>`}get mayExpect(){return T(this.building).filter(e=>!e.waits_for_confirmation).length>0&&Vt(this.building).length>0}form(){let{edited:e}=this;if(!e||!this.mayExpect)return t;let n=e===en?void 0:e,r=n&&this.words.say(`page_at`,{courier:n.courier,door:n.door});return g`
      <section>
        <h3>${r?`${this.words.say(`page_change`)}: ${r}`:this.words.say(`page_expect`)}</h3>
        ${we(n?K(n):en,g`<courier-access-expect
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
            .delivery=${n}
            @ca-close=${()=>this.edited=void 0}
          ></courier-access-expect>`)}
      </section>
    `}own(e){let n=K(e),{made:r}=this;return r?.key===n?g`<courier-access-pass
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${e}
        .made=${r.pass}
        @ca-close=${()=>this.made=void 0}
      ></courier-access-pass>`:g`
      <div class="row">
        ${k(this.words.say(`page_pass`),()=>void this.pass(e))}
        ${e.is_mine?k(this.words.say(`page_change`),()=>this.edited=e):t}
        <courier-access-veto
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${e}
        ></courier-access-veto>
      </div>
      ${e.passes?.map(({pass:e,made_at:t})=>g`<p>
            ${k(this.words.say(`page_revoke_pass`,{time:this.words.moment(t)}),()=>void this.revoke(e),{kind:`stop`})}
          </p>`)}
    `}async pass(e){let{courier_id:t,grant_id:n}=e;t!==void 0&&n!==void 0&&await this.act(async()=>{let r=await this.access.makePass(this.building.building,t,n);this.isConnected&&(this.made={key:K(e),pass:r})})}revoke(e){return this.act(()=>this.access.revokePass(this.building.building,e),this.words.say(`page_said_revoke_pass`))}};_([e()],tn.prototype,`edited`,void 0),_([e()],tn.prototype,`made`,void 0),tn=_([o(`courier-access-deliveries`)],tn);function K({courier_id:e,grant_id:t,courier:n,starts_at:r},i){return t===void 0?`${n} ${r} ${i}`:`${e} ${t}`}var nn={},rn=pe(class extends me{constructor(){super(...arguments),this.ot=nn}render(e,t){return t()}update(e,[t,n]){if(Array.isArray(t)){if(Array.isArray(this.ot)&&this.ot.length===t.length&&t.every((e,t)=>e===this.ot[t]))return i}else if(this.ot===t)return i;return this.ot=Array.isArray(t)?Array.from(t):t,this.render(t,n)}}),an=24,on=60,sn=[0,6,12,18],cn=.2;function ln(e){let t=e.flat().reduce((e,t)=>e+t,0),n=Math.max(0,...e.flat()),r=e.findIndex(e=>e.includes(n)),i=e[r]?.indexOf(n)??0;return t>0?{day:r,hour:i,count:n,total:t}:void 0}var un=class extends D{constructor(...e){super(...e),this.news=0}static{this.styles=[D.styles,r`
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
    `]}willUpdate(e){let t=e.get(`building`),n=t!==void 0&&t.building!==this.building.building;n&&(this.found=void 0),(n||e.has(`news`)||!this.hasUpdated)&&this.read()}async read(){let{building:e}=this.building;try{let t=await this.access.visits(e);e===this.building.building&&(this.found=t)}catch{}}render(){let{found:e}=this,n=e&&ln(e.visits);if(!n)return t;let r=this.say(`plot_busiest`,{day:this.words.date(`2024-01-0${n.day+1}`,{weekday:`long`}),hours:this.hour(n.hour),count:n.count,total:n.total,days:e.days});return B(this.say(`plot`),r,g`${this.map(e,n)} ${this.table(e)}`)}map({visits:e},n){return g`
      <div class="plot" aria-hidden="true">
        <div>${e.map((e,t)=>g`<div>${j(this.words,t)}</div>`)}</div>
        <svg viewBox="0 0 ${an} ${e.length}" preserveAspectRatio="none">
          ${e.map((e,r)=>e.map((e,i)=>ee`<rect
                class=${e?`some`:`none`} x=${i+.05} y=${r+.06} width="0.9" height="0.88"
                fill-opacity=${e?cn+.8*(e/n.count):t}
              />`))}
        </svg>
        <div class="hours soft">${sn.map(e=>g`<span>${this.words.clock(e*on)}</span>`)}</div>
      </div>
    `}table({visits:e}){let t=Array.from({length:an},(e,t)=>t).filter(t=>e.some(e=>e[t])),[n=0,r=0]=[t[0],t.at(-1)],i=Array.from({length:r-n+1},(e,t)=>n+t);return g`
      <div class="quiet">
        <table>
          <caption>
            ${this.say(`plot`)}
          </caption>
          <tr>
            <th scope="col">${this.words.say(`page_day`)}</th>
            ${i.map(e=>g`<th scope="col">${this.hour(e)}</th>`)}
          </tr>
          ${e.map((e,t)=>g`<tr>
              <th scope="row">${this.words.date(`2024-01-0${t+1}`,{weekday:`long`})}</th>
              ${i.map(t=>g`<td>${e[t]}</td>`)}
            </tr>`)}
        </table>
      </div>
    `}hour(e){return this.words.hours(e*on,(e+1)*on)}};_([b({type:Number})],un.prototype,`news`,void 0),_([e()],un.prototype,`found`,void 0),un=_([o(`courier-access-plot`)],un);var dn=500,fn=class extends D{constructor(...e){super(...e),this.busy=!1}render(){return g`
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
          ${[[`page_take_entries_says`,`page_take_entries_link`,()=>this.takeSheet()],[`page_take_says`,`page_take_link`,()=>this.takeRecord()],[`page_take_verifier_says`,`page_take_verifier_link`,()=>this.takeVerifier()]].map(([e,t,n])=>g`
              <li>
                <p>${this.words.say(e)}</p>
                ${k(this.words.say(t),()=>void this.working(n),{disabled:this.busy})}
              </li>
            `)}
        </ul>
      </section>
    `}async takeSheet(){let e=[],t;do{let n=await this.access.sheet(this.building.building,this.words.language,t);e.push(n.csv),t=n.next??void 0}while(t!==void 0);pn(`courier-access.csv`,`text/csv`,e)}async takeRecord(){let{building:e,name:t}=this.building,n=await this.access.records(e,0),r=n.head.record,i=[],a=r+1;for(;a!==null;){let t=await this.access.entries(e,{limit:dn,before:a});i.push(...t.entries),a=t.next}let o=[...n.records];for(;n.next!==null;)n=await this.access.records(e,n.next),o.push(...n.records);let s={about:this.words.say(`page_take_says`),building:t,exported_at:(/* @__PURE__ */ new Date()).toISOString(),entries_up_to:r,entries:i,records:o,head:n.head};pn(`courier-access.json`,`application/json`,[JSON.stringify(s,null,1)])}async takeVerifier(){let{name:e,program:t}=await this.access.verifier(this.building.building);pn(e,`text/x-python`,[t])}async working(e){this.busy=!0,await this.act(e),this.busy=!1}};_([e()],fn.prototype,`busy`,void 0),fn=_([o(`courier-access-record`)],fn);function pn(e,t,n){let r=URL.createObjectURL(new Blob(n,{type:t})),i=document.createElement(`a`);i.href=r,i.download=e,i.click(),URL.revokeObjectURL(r)}var mn={admitted:`check`,refused:`remove`,unknown:`unknown`};function hn(e,{decision:t,reason:n,outcome:r,door:i}){return[i,{refused:e.say(`notification_reason_${n}`),observed:e.say(`csv_observed`),admitted:r===null||r===`opened`?``:e.say(`csv_${r}`)}[t]].filter(Boolean).join(` · `)}function gn(e,n,r){let i=Pe(n);return g`
    <button class="visit" @click=${r}>
      <span class="result ${i}">${De(mn[i])}</span>
      <span class="grow">
        <span class="first">
          <span class="quiet">${e.say(`csv_${n.decision}`)}</span>
          <strong>${n.courier}</strong>
          <time class="soft" datetime=${n.at}>${e.time(n.at)}</time>
        </span>
        <span class="soft beneath">
          ${n.units?.length?g`<span class="yours">${e.say(`panel_yours`)}</span>`:t}
          ${hn(e,n)}
        </span>
      </span>
    </button>
  `}var _n=r`
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
`,q=class extends D{constructor(...e){super(...e),this.code=``,this.busy=!1}connectedCallback(){super.connectedCallback(),this.read()}async read(){try{this.code=await this.access.code(this.building.building,this.entry.record)}catch{}}render(){let e=()=>void this.dispatchEvent(new CustomEvent(`ca-close`)),t={main:k(this.say(`verify`),()=>void this.verify(),{disabled:this.busy||!this.code}),other:k(this.say(`close`),e,{kind:`text`})};return ve(this.entry.courier,this.details(),t,e)}details(){let{entry:e,words:n}=this;return g`
      <p>
        ${n.say(`notification_${be(e)}`,{courier:e.courier,door:e.door,time:n.moment(e.at)})}
        ${e.units?.map(e=>n.say(`notification_unit`,{unit:e})).join(` `)}
      </p>
      ${e.decision===`refused`?g`<p>${n.say(`notification_reason_${e.reason}`)}</p>`:t}
      ${e.proof===null||e.proof===`signed`?t:g`<p>${n.say(`page_proof`,{proof:n.say(`csv_${e.proof}`)})}</p>`}
      ${e.parcel_ref?g`<p>${n.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:t}
      ${e.driver_ref?g`<p>${n.say(`csv_driver`)}: ${e.driver_ref}</p>`:t}
      ${e.details_erased?g`<p class="soft">${n.say(`page_erased`)}</p>`:t}
      ${e.repeats>0?g`<p>${n.say(`page_repeats`,{count:e.repeats})}</p>`:t}
      ${e.completed_at?g`<p>${this.say(`completed`,{time:n.moment(e.completed_at)})}</p>`:t}
      ${e.notifications?.map(({resident:e,state:t})=>g`<p class="soft">${e??`–`}: ${this.say(`notification_${t}`)}</p>`)}
      <p class="soft receipt">
        ${this.say(`receipt`,{record:e.record})}${this.code?` · ${this.code.replace(/.{4}(?=.)/g,`$& `)}`:t}
      </p>
      ${this.found?this.verdict(this.found):t}
    `}verdict({intact:e,broken_at:n,notifications:r=[]}){return g`
      ${e?t:O(`error`,this.words.say(`page_checked_broken`,{record:n??0}))}
      ${r.map(({record:e,standing:t})=>O(t===`unchanged`?`success`:`error`,this.words.say(`page_standing_${t}`,{record:e})))}
    `}async verify(){this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,`${this.entry.record} · ${this.code}`)}),this.busy=!1}};_([b({attribute:!1})],q.prototype,`entry`,void 0),_([e()],q.prototype,`code`,void 0),_([e()],q.prototype,`found`,void 0),_([e()],q.prototype,`busy`,void 0),q=_([o(`courier-access-visit`)],q);var vn=50,yn=[`admitted`,`refused`,`observed`],J=class extends D{constructor(...e){super(...e),this.news=0,this.next=null,this.courier=``,this.decision=``,this.asked=0,this.reads=!1}static{this.styles=[D.styles,_n,r`
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
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building?this.begin():e.has(`news`)&&this.renew()}render(){return g`
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
    `}details(){let{opened:e}=this;if(!e)return t;let n=this.pages?.flat().find(({record:t})=>t===e.record)??e;return g`<courier-access-visit
      .words=${this.words} .access=${this.access} .building=${this.building} .entry=${n}
      @ca-close=${()=>this.close(e)}
    ></courier-access-visit>`}close({record:e}){this.opened=void 0,this.renderRoot.querySelector(`[data-record="${e}"] button`)?.focus()}filters(){let{couriers:e}=this.building,n={value:``,label:this.say(`all`)},r=yn.map(e=>({value:e,label:Ae(this.words.say(`csv_${e}`),this.words.language)})),i=e.map(({courier:e,name:t})=>({value:e,label:t}));return g`
      ${E(this.words.say(`csv_decision`),this.decision,[n,...r],e=>this.filter({decision:e}))}
      ${e.length>1?E(this.words.say(`csv_courier`),this.courier,[n,...i],e=>this.filter({courier:e})):t}
    `}list(){let{pages:e}=this;if(e===void 0)return ye(this.say(`loading`));if(e.length===0)return de(`locked`,this.words.say(`page_came_none`));let{day:n}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return g`
      ${Ft(e,(e,t)=>t===0?`newest`:e.at(-1)?.record,(t,r)=>{let i=e[r-1]?.at(-1);return g`
            <div class="page" aria-live=${r===0?`polite`:`off`} aria-relevant="additions">
              ${rn([t,i,n,this.words],()=>this.page(t,i&&this.dayOf(i),n))}
            </div>
          `})}
      ${this.next===null?t:g`<p id="more">${k(this.say(`more`),()=>void this.more())}</p>`}
    `}page(e,n,r){return Fe(e,e=>this.dayOf(e)).map(([e,i])=>g`
        ${e===n?t:g`<h3>${Te(this.words,e,r)}</h3>`}
        <ul>
          ${Ft(i,e=>e.record,e=>g`<li data-record=${e.record}>${gn(this.words,e,()=>this.opened=e)}</li>`)}
        </ul>
      `)}dayOf({at:e}){return this.words.wall(e).day}filter(e){this.courier=e.courier??this.courier,this.decision=e.decision??this.decision,this.begin()}begin(){this.pages=void 0,this.next=null,this.renew()}async renew(){await this.take(async()=>{let e=await this.access.entries(this.building.building,this.wanted()),t=je(this.pages??[],e.entries);return[t,t.length>1?this.next:e.next]})}async more(){let e=this.next;e===null||this.reads||(this.reads=!0,await this.take(async()=>{let t=await this.access.entries(this.building.building,this.wanted(e));return[Ne(this.pages??[],e,t.entries),t.next]}),this.reads=!1,this.requestUpdate())}async take(e){let t=++this.asked;try{let[n,r]=await e();t===this.asked&&([this.pages,this.next]=[n,r])}catch(e){this.tell({text:this.words.refusal(e)})}}wanted(e){return{limit:vn,...e!==void 0&&{before:e},...this.courier&&{courier:this.courier},...this.decision&&{decision:this.decision}}}};_([b({type:Number})],J.prototype,`news`,void 0),_([e()],J.prototype,`pages`,void 0),_([e()],J.prototype,`next`,void 0),_([e()],J.prototype,`courier`,void 0),_([e()],J.prototype,`decision`,void 0),_([e()],J.prototype,`opened`,void 0),J=_([o(`courier-access-entries`)],J);var bn=class extends D{constructor(...e){super(...e),this.code=``}static{this.styles=[D.styles,r`
      .code {
        font-size: 1.6rem;
        font-weight: 500;
        letter-spacing: 0.12em;
      }
    `]}willUpdate(e){let t=e.get(`resident`);t&&t.resident!==this.resident.resident&&(this.code=``)}render(){let e=this.resident.has_address_code;return B(this.say(`address_code`),e?this.say(`address_code_set`):this.say(`address_code_not_set`),g`
        <p class="soft">${this.say(`address_code_says`)}</p>
        ${this.code?g`<div role="status">
              <p class="code">${this.code}</p>
              <p>${this.say(`address_code_new`)}</p>
            </div>`:g`<p>${e?this.say(`address_code_has`):this.say(`address_code_none`)}</p>`}
        <button @click=${()=>this.renew()}>${this.say(`renew`)}</button>
      `)}async renew(){await this.act(async()=>{let e=await this.access.renewAddressCode(this.building.building,this.resident.resident);this.code=e.address_code})}};_([b({attribute:!1})],bn.prototype,`resident`,void 0),_([e()],bn.prototype,`code`,void 0),bn=_([o(`courier-access-address-code`)],bn);function xn(e,t,n){let[r,...i]=t.filter(e=>(e.to??e.from)>=n).sort((e,t)=>e.from<t.from?-1:1);return r?Sn(e,r)+(i.length?` +${i.length}`:``):e.say(`panel_days_off_none`)}function Sn(e,{from:t,to:n}){let r=t=>e.date(t,{day:`numeric`,month:`short`,year:`numeric`});return n===void 0||n===t?r(t):e.say(`page_from_to`,{first:r(t),last:r(n)})}function Cn(e,t){return Ie(t)?e.say(`page_closed`):(t.windows??[]).map(({from:t,to:n})=>e.hours(d(t),d(n))).join(`, `)}function wn(e,t,n){let r=t.flatMap(({courier:t,name:r})=>{let i=n.couriers[t];return i&&i!==n.default?`${r}: ${e.say(`panel_attitude_${i}`)}`:[]});return[`${e.say(`panel_by_default`)}: ${e.say(`panel_attitude_${n.default}`)}`,...r].join(` · `)}function Tn(e,t){let n=t.digest_at;return[e.say(t.share_hours?`panel_hours_shared`:`panel_hours_private`),n===null?e.say(`panel_digest_none`):e.say(`panel_digest_daily`,{time:e.clock(d(n))})].join(` · `)}var Y=class extends n{constructor(...e){super(...e),this.exceptions=[],this.today=``,this.month=``}static{this.styles=[S,r`
      table {
        border-collapse: collapse;
        width: 100%;
        max-width: 26em;
        table-layout: fixed;
      }
      td {
        padding: 2px;
        text-align: center;
      }
      th {
        font-weight: 500;
        font-size: 0.8rem;
        padding-block-start: 6px;
      }
      /* Arrows are mirrored with the page. */
      .row > button {
        unicode-bidi: normal;
      }
      td button {
        width: 100%;
        padding: 0;
        min-height: 44px;
        background: transparent;
        color: inherit;
      }
      td button[aria-pressed="true"] {
        border: 2px solid var(--error-color, #db4437);
        text-decoration: line-through;
      }
      td button.other {
        border: 2px dashed var(--primary-color, #009ac7);
      }
    `]}render(){let e=this.month||this.today.slice(0,7),t=Me(e,1),n=[`01`,`02`,`03`,`04`,`05`,`06`,`07`].map(e=>`2024-01-${e}`),r=this.words.date(`${e}-01`,{month:`long`,year:`numeric`});return g`
      <div class="row">
        <button aria-label=${this.say(`month_before`)} @click=${()=>this.month=Se(e,-1)}>
          ‹
        </button>
        <span class="grow" aria-live="polite">${r}</span>
        <button aria-label=${this.say(`month_after`)} @click=${()=>this.month=Se(e,1)}>
          ›
        </button>
      </div>
      <table aria-label=${r}>
        <thead>
          <tr>
            ${n.map(e=>g`<th scope="col" abbr=${this.words.date(e,{weekday:`long`})}>
                  ${this.words.date(e,{weekday:`narrow`})}
                </th>`)}
          </tr>
        </thead>
        <tbody>
          ${t.map(e=>g`<tr>${e.map(e=>g`<td>${this.cell(e)}</td>`)}</tr>`)}
        </tbody>
      </table>
      ${this.others()}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}cell(e){if(!e)return t;let n=Oe(this.exceptions,e),r=n!==void 0&&Ie(n),i=this.words.date(e,{weekday:`long`,day:`numeric`,month:`long`});return g`
      <button
        data-date=${e}
        class=${n&&!r?`other`:``}
        aria-pressed=${r}
        aria-label=${r?this.say(`day_off`,{date:i}):i}
        ?disabled=${e<this.today}
        @click=${()=>this.emit(Ce(this.exceptions,e))}
      >
        ${Number(e.slice(8))}
      </button>
    `}others(){let e=this.exceptions.filter(e=>(e.to??e.from)>=this.today);return g`
      ${e.length?g`<ul>
            ${e.map(e=>this.line(e))}
          </ul>`:t}
      <h3>${this.say(`other_hours`)}</h3>
      <form class="row" @submit=${e=>this.add(e)}>
        <label>${this.say(`first_day`)} <input type="date" name="first" min=${this.today} required /></label>
        <label>${this.say(`last_day`)} <input type="date" name="last" min=${this.today} /></label>
        <label>${this.say(`from`)} <input type="time" name="from" /></label>
        <label>${this.say(`to`)} <input type="time" name="to" /></label>
        <button>${this.say(`add`)}</button>
      </form>
      <p class="soft">${this.say(`other_hours_says`)}</p>
    `}line(e){let t=Sn(this.words,e),n=Cn(this.words,e);return g`
      <li class="row">
        <span class="grow">${this.words.say(`page_hours_line`,{days:t,hours:n})}</span>
        <button
          aria-label=${this.say(`remove_named`,{name:t})}
          @click=${()=>this.emit(this.exceptions.filter(t=>t!==e))}
        >
          ${this.say(`delete`)}
        </button>
      </li>
    `}add(e){e.preventDefault();let t=e.target,[n,r,i,a]=[`first`,`last`,`from`,`to`].map(e=>String(new FormData(t).get(e)??``)),o=i&&a?[{from:i,to:a===`00:00`?`24:00`:a}]:[],s={from:n,to:r>=n?r:n,...o.length&&{windows:o}};t.reset(),this.emit(ke(this.exceptions,s))}emit(e){let t=e.filter(e=>(e.to??e.from)<this.today),n=e.filter(e=>!t.includes(e));this.dispatchEvent(new CustomEvent(`ca-exceptions`,{detail:n,bubbles:!0,composed:!0}))}};_([b({attribute:!1})],Y.prototype,`words`,void 0),_([b({attribute:!1})],Y.prototype,`exceptions`,void 0),_([b()],Y.prototype,`today`,void 0),_([e()],Y.prototype,`month`,void 0),Y=_([o(`courier-access-days-off`)],Y);var En=[`binary_sensor`,`calendar`,`device_tracker`,`group`,`input_boolean`,`person`,`schedule`,`switch`],X=class extends n{constructor(...e){super(...e),this.entities=[],this.name=``,this.heading=``}static{this.styles=[S]}render(){let e=Object.values(this.home.states).filter(e=>e!==void 0).filter(({entity_id:e})=>En.includes(e.split(`.`)[0]??``)&&!this.entities.includes(e)).map(({entity_id:e})=>[e,this.nameOf(e)]).sort(([,e],[,t])=>e.localeCompare(t));return g`
      <h3>${this.heading}</h3>
      <ul>
        ${this.entities.map(e=>g`
            <li class="row">
              <span class="grow">${this.nameOf(e)}</span>
              <button
                aria-label=${this.words.say(`panel_remove_named`,{name:this.nameOf(e)})}
                @click=${()=>this.emit(this.entities.filter(t=>t!==e))}
              >
                ${this.words.say(`panel_delete`)}
              </button>
            </li>
          `)}
      </ul>
      <label
        >${this.words.say(`panel_add`)}
        <select @change=${e=>this.add(e)}>
          <option value="">–</option>
          ${e.map(([e,t])=>g`<option value=${e}>${t}</option>`)}
        </select>
      </label>
    `}nameOf(e){return this.home.states[e]?.attributes.friendly_name??e}add(e){let t=e.target,n=t.value;t.value=``,n&&this.emit([...this.entities,n])}emit(e){let t={[this.name]:e};this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:t,bubbles:!0,composed:!0}))}};_([b({attribute:!1})],X.prototype,`home`,void 0),_([b({attribute:!1})],X.prototype,`words`,void 0),_([b({attribute:!1})],X.prototype,`entities`,void 0),_([b()],X.prototype,`name`,void 0),_([b()],X.prototype,`heading`,void 0),X=_([o(`courier-access-linked`)],X);var Dn=class{constructor(e,t,n,r,i){this.access=e,this.building=t,this.resident=n,this.show=r,this.refused=i,this.queue=Promise.resolve(),this.waiting=0}async load(){if(!this.waiting)try{let e=await this.access.rules(this.building,this.resident);this.waiting||this.take(e)}catch(e){this.refused(e)}}async change(e,t=!1){let n=this.kept;if(!n)return!1;this.waiting++;let{consent:r,...i}=e;this.take({...n,...i,consent:kn(r,n.consent)});let a=this.queue.then(()=>this.send(e,n,t));return this.queue=a,a}async undo(){let e=this.last;this.last=void 0,e&&await this.change(e,!0)}async send(e,t,n){let r=this.kept?.revision??t.revision;try{let i=await this.access.setRules(this.building,this.resident,r,e);return n||(this.last=On(t,e)),this.waiting--,this.waiting&&this.kept?this.kept={...this.kept,revision:i.revision}:this.take(i),!0}catch(e){return this.waiting--,this.refused(e),await this.load(),!1}}take(e){this.kept=e,this.show(e)}};function On(e,t){let n=Object.keys(t).filter(e=>e!==`consent`);return Object.fromEntries(n.map(t=>[t,e[t]]))}function kn(e,t){return e===void 0?t:e?`given`:`withdrawn`}function An(e,t,n){let{[t]:r,...i}=e;return n===void 0?i:{...i,[t]:n}}var jn=[`allow`,`ask`,`deny`],Z=class extends D{constructor(...e){super(...e),this.chosen=``,this.sending=0}static{this.styles=[D.styles,r`
      .proof {
        padding-inline-start: 16px;
      }
    `]}willUpdate(e){let t=this.resident;if(!t)return;let n=e.get(`building`);!this.draft||this.draft.resident!==t.resident?(this.rules=void 0,this.draft=new Dn(this.access,this.building.building,t.resident,e=>this.rules=e,e=>this.tell({text:this.words.refusal(e)})),this.draft.load()):n&&this.draft.load()}render(){let{resident:e,rules:n}=this;return e?n?g`
      ${T(this.building).length>1?this.choice():t}
      <div
        aria-busy=${this.sending>0}
        @ca-rules=${e=>this.change(e.detail)}
        @ca-consent=${e=>this.change({consent:e.detail})}
        @ca-week=${e=>this.change({windows:l(e.detail)})}
        @ca-exceptions=${e=>this.change({exceptions:e.detail})}
      >
        ${n.consent===`given`?t:g`<section>
              <h2>${this.words.say(`page_consent`)}</h2>
              ${this.consent(n)}
            </section>`}
        ${this.week(oe(m(n.windows)))}
        ${B(this.say(`days_off`),xn(this.words,n.exceptions,this.today),g`<p class="soft">${this.say(`days_off_says`)}</p>
            <courier-access-days-off
              .words=${this.words}
              .exceptions=${n.exceptions}
              today=${this.today}
            ></courier-access-days-off>`)}
        ${this.couriers(n)}
        ${e.waits_for_confirmation||n.consent!==`given`?t:g`<courier-access-address-code
              .words=${this.words}
              .access=${this.access}
              .building=${this.building}
              .resident=${e}
            ></courier-access-address-code>`}
        ${this.conditions(n)} ${this.sharing(n)}
        ${n.consent===`given`?B(this.words.say(`page_consent`),g`<span data-consent="given">${this.words.say(`page_consent_given`)}</span>`,this.consent(n)):t}
      </div>
    `:g`<section><p role="status">${this.say(`loading`)}</p></section>`:g`<section><p>${this.say(`no_residence`)}</p></section>`}week(e){let n=ne(e);return B(this.words.say(`page_hours_heading`),Ve(this.words,e),g`
        ${this.elsewhere()}
        <div class="chips" role="group" aria-label=${this.words.say(`page_hours_heading`)}>
          ${Object.keys(h).map(e=>g`
              <button
                data-preset=${e}
                aria-pressed=${e===n}
                @click=${()=>e!==n&&this.change({windows:l(h[e])})}
              >
                ${this.presetName(e)}
              </button>
            `)}
        </div>
        <courier-access-week .words=${this.words} .spans=${e}></courier-access-week>
        ${e.length?t:g`<p>${this.words.say(`page_hours_none`)}</p>`}
      `,!0)}presetName(e){let[t]=h[e],n=t&&e!==`always`?` ${this.words.hours(t.from,t.to)}`:``;return this.say(`week_${e}`)+n}get resident(){return T(this.building).find(({resident:e})=>e===this.chosen)??T(this.building)[0]}get today(){return new Intl.DateTimeFormat(`en-CA`,{timeZone:this.words.zone}).format(/* @__PURE__ */ new Date)}choice(){return g`
      <section>
        <label
          >${this.say(`which_unit`)}
          <select @change=${e=>this.chosen=e.target.value}>
            ${T(this.building).map(({resident:e,unit:t})=>g`<option value=${e}>${t}</option>`)}
          </select>
        </label>
      </section>
    `}consent(e){return g`<courier-access-consent .words=${this.words} consent=${e.consent}></courier-access-consent>`}elsewhere(){return this.words.readerIsElsewhere?g`<p class="status bad">${this.say(`elsewhere`,{zone:this.words.zone})}</p>`:t}couriers(e){return B(this.say(`couriers`),wn(this.words,this.building.couriers,e),g`
        <p class="soft">${this.say(`couriers_says`)}</p>
        <p>
          <label
            >${this.say(`by_default`)}
            ${this.attitude(e.default,e=>e&&this.change({default:e}),!1)}
          </label>
        </p>
        ${e.default===`allow`?this.proof(this.say(`by_default`),e.default_proof,e=>e&&this.change({default_proof:e}),!1):t}
        ${this.building.couriers.map(({courier:n,name:r})=>g`
            <p>
              <label
                >${r}
                ${this.attitude(e.couriers[n],t=>this.decide(e,n,t))}
              </label>
            </p>
            ${(e.couriers[n]??e.default)===`allow`?this.proof(r,e.proofs[n],t=>this.change({proofs:An(e.proofs,n,t)})):t}
          `)}
      `)}attitude(e,n,r=!0){return g`
      <select
        @change=${e=>{let t=e.target.value;n(jn.find(e=>e===t))}}
      >
        ${r?g`<option value="" .selected=${e===void 0}>${this.say(`as_default`)}</option>`:t}
        ${jn.map(t=>g`
            <option value=${t} .selected=${t===e}>${this.say(`attitude_${t}`)}</option>
          `)}
      </select>
    `}decide(e,t,n){this.change({couriers:An(e.couriers,t,n)})}proof(e,n,r,i=!0){return g`
      <p>
        <label class="proof"
          >${this.say(`proof`)}
          <select
            aria-label=${`${e}: ${this.say(`proof`)}`}
            @change=${e=>{let t=e.target.value;r(ce.find(e=>e===t))}}
          >
            ${i?g`<option value="" .selected=${n===void 0}>${this.say(`as_default`)}</option>`:t}
            ${ce.map(e=>g`
                <option value=${e} .selected=${e===n}>${this.say(`proof_${e}`)}</option>
              `)}
          </select>
        </label>
      </p>
    `}conditions(e){let t=[...e.only_while,...e.never_while].map(e=>this.home.states[e]?.attributes.friendly_name??e);return B(this.say(`conditions`),t.join(`, `)||this.say(`conditions_none`),g`
        <p class="soft">${this.say(`conditions_says`)}</p>
        ${[`only_while`,`never_while`].map(t=>g`
            <courier-access-linked
              .home=${this.home}
              .words=${this.words}
              .entities=${e[t]}
              name=${t}
              heading=${this.say(t)}
            ></courier-access-linked>
          `)}
      `)}sharing(e){return B(this.say(`sharing`),Tn(this.words,e),g`
        <p>
          <label
            ><input
              type="checkbox"
              .checked=${e.share_hours}
              @change=${e=>this.change({share_hours:e.target.checked})}
            />${this.say(`share_hours`)}</label
          >
        </p>
        <p>
          <label
            >${this.say(`digest`)}
            <input
              type="time"
              .value=${e.digest_at??``}
              @change=${e=>this.change({digest_at:e.target.value||null})}
          /></label>
        </p>
        <p class="soft">${this.say(`digest_says`)}</p>
      `)}async change(e){let{draft:t}=this;if(!t)return;this.sending++;let n=await t.change(e);if(this.sending--,!n)return;let r=e.consent!==void 0;this.tell({text:r?this.words.say(e.consent?`page_said_give_consent`:`page_said_withdraw_consent`):this.say(`kept`),...!r&&{undo:()=>void this.undo(t)}})}async undo(e){this.sending++,await e.undo(),this.sending--}};_([e()],Z.prototype,`chosen`,void 0),_([e()],Z.prototype,`rules`,void 0),_([e()],Z.prototype,`sending`,void 0),Z=_([o(`courier-access-hours`)],Z);var Mn=[`now`,`hours`,`entries`,`deliveries`],Nn=`building`,Q=class extends n{constructor(...e){super(...e),this.narrow=!1,this.chosen=``,this.following=new ae(this)}static{this.styles=[S,r`
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
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
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
    `]}get hass(){return this.following.home}set hass(e){this.following.home=e}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.fading)}willUpdate(e){e.has(`route`)&&(this.chosen=new URLSearchParams(location.search).get(`building`)??this.chosen)}render(){let{words:e}=this.following;if(!e)return g``;let t=this.current;return g`
      <header>
        ${fe(this.hass,this.narrow,e.say(`panel_menu`),()=>this.toggleMenu())}
        <h1 class="grow">${t?.name??e.say(`panel_sidebar`)}</h1>
        ${this.choice(e)}
      </header>
      ${t?this.views(e,t):g`<main>${this.nothing(e)}</main>`}
      <div role="status" aria-live="polite">${this.toast(e)}</div>
    `}get current(){let{all:e}=this.following;return e.find(({building:e})=>e===this.chosen)??e[0]}viewsOf(e){return $(e)?e.is_owner?T(e).length?[...Mn,Nn]:[Nn,...Mn.filter(e=>e!==`hours`)]:Mn:[Nn]}viewOf(e){let t=this.route?.path.replace(/^\//,``),n=this.viewsOf(e);return n.find(e=>e===t)??n[0]??`now`}nothing(e){if(this.following.failure)return O(`error`,this.following.failure);let t=e.say(this.following.absence);return this.following.buildings?de(`locked`,t):ye(t)}choice(e){let{all:n}=this.following;return n.length<2?t:x(e.say(`panel_which_building`),this.current?.building,n.map(({building:e,name:t})=>({value:e,label:t})),e=>this.chosen=e)}views(e,n){let r=this.viewOf(n);return g`
      <nav aria-label=${e.say(`panel_sidebar`)}>
        ${this.viewsOf(n).map(n=>g`
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
        ${$(n)&&r!==Nn?this.shown(e,n,r):g`<courier-access-building
              .home=${this.hass} .words=${e} .access=${this.following.access} .building=${n}
              .news=${this.following.ownersNews} .whole=${$(n)}
            ></courier-access-building>`}
      </main>
    `}shown(e,t,n){let{home:r,access:i,news:a}=this.following;switch(n){case`now`:return g`<courier-access-now
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-now>`;case`hours`:return g`<courier-access-hours
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-hours>
          <courier-access-may-enter
            .home=${r} .words=${e} .access=${i} .building=${t}
            .couriers=${t.couriers.map(({courier:e,name:t})=>[e,t])}
            .doors=${t.doors.map(({door:e,name:t})=>[e,t])}
            .units=${Pn(t)}
          ></courier-access-may-enter>`;case`entries`:return g`<courier-access-entries
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-entries>`;case`deliveries`:return g`<courier-access-deliveries
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-deliveries>`}}go(e,t){e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),history.pushState(null,``,`/courier-access/${t}`),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}})))}toggleMenu(){this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}tell(e){clearTimeout(this.fading),this.told=e,this.fading=setTimeout(()=>this.told=void 0,1e4)}toast(e){let{told:n}=this;return n?g`
      <div class="told">
        <span class="grow">${n.text}</span>
        ${n.undo?g`<button
              @click=${()=>{this.told=void 0,n.undo?.()}}
            >
              ${e.say(`panel_undo`)}
            </button>`:t}
      </div>
    `:t}};_([b({type:Boolean,reflect:!0})],Q.prototype,`narrow`,void 0),_([b({attribute:!1})],Q.prototype,`route`,void 0),_([e()],Q.prototype,`chosen`,void 0),_([e()],Q.prototype,`told`,void 0),Q=_([o(`courier-access-panel`)],Q);function $(e){return`doors`in e}function Pn(e){return[...new Set(T(e).flatMap(e=>e.waits_for_confirmation?[]:e.unit))]}export{Q as Panel};