import{A as e,C as t,D as n,E as r,M as i,N as a,O as o,S as s,T as c,_ as l,a as ee,b as te,c as ne,d as re,f as u,g as ie,h as ae,i as oe,k as se,l as ce,m as le,n as d,o as ue,p as de,r as f,s as fe,t as pe,u as me,v as he,w as p,x as ge,y as _e}from"./following-f87d9a82.js";import{$ as m,A as ve,B as h,C as ye,D as be,E as xe,F as g,G as _,H as Se,I as Ce,J as v,K as we,L as y,M as Te,N as Ee,O as De,P as Oe,Q as b,R as x,S as ke,T as Ae,U as S,V as C,W as w,X as je,Y as T,Z as Me,_ as Ne,a as Pe,b as Fe,c as Ie,d as Le,et as Re,f as ze,g as Be,h as Ve,i as He,it as Ue,j as We,k as Ge,l as E,m as Ke,n as qe,nt as Je,o as Ye,p as Xe,q as Ze,r as Qe,rt as $e,s as et,t as tt,tt as D,u as nt,v as rt,w as it,x as at,y as ot,z as O}from"./now-eef0c007.js";var st=`important`,ct=` !`+st,lt=Je(class extends $e{constructor(e){if(super(e),e.type!==Ue.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[t]){let{style:n}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let e of this.ft)t[e]??(this.ft.delete(e),e.includes(`-`)?n.removeProperty(e):n[e]=null);for(let e in t){let r=t[e];if(r!=null){this.ft.add(e);let t=typeof r==`string`&&r.endsWith(ct);e.includes(`-`)||t?n.setProperty(e,t?r.slice(0,-11):r,t?st:``):n[e]=r}}return se}});function k(e,t){return e.date(`2024-01-0${t+1}`,{weekday:`short`})}function ut(e,t){let n=ae(t);return n===`always`||n===`none`?e.say(`panel_week_${n}`):ue(t).map(({days:t,windows:n})=>`${dt(e,t)} ${n.map(({from:t,to:n})=>e.hours(t,n)).join(`, `)}`).join(` · `)}function dt(e,t){return t.length===7?e.say(`page_every_day`):te(t).map(([t,n])=>{let r=n===t+1?`, `:`–`;return t===n?k(e,t):k(e,t)+r+k(e,n)}).join(`, `)}var ft=10,pt=5,mt=60,ht=60,gt=44,_t={from:`08:00`,to:`18:00`},vt=[0,1,2,3,4],yt=[...vt,5,6],A=class extends n{constructor(...e){super(...e),this.spans=[]}static{this.styles=[O,a`
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
    `]}render(){let n=this.shown??this.spans;return e`
      <p class="soft">${this.say(`week_how`)}</p>
      <p class="quiet" id="keys">${this.say(`week_keys`)}</p>
      <div class="scale" aria-hidden="true">
        <div class="hours">
          ${[0,6,12,18,24].map(t=>e`<span style=${lt({"inset-inline-start":`${t/24*100}%`})}>${t}</span>`)}
        </div>
      </div>
      ${t.map((e,t)=>this.day(e,t,n))}
      ${this.edited?this.editor(this.edited):o}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}day(t,n,r){let i=this.words.say(`page_${t}`),a=r.filter(e=>e.day===n),s=a.map(({from:e,to:t})=>this.words.hours(e,t)),c=le(a,s.map(e=>ht+gt*e.length));return e`
      <div class="day" role="group" aria-label=${i}>
        <span class="name" title=${i}>${k(this.words,n)}</span>
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
            ${a.map((e,t)=>this.label(e,c[t],s[t]))}
          </div>
          ${this.held?.day===n?this.bubble(this.held):o}
        </div>
        ${v(`add`,this.say(`week_add`,{day:i}),()=>this.add(n))}
      </div>
    `}label({from:t,to:n},r,i){if(r===void 0||r===`nowhere`)return o;let a={in:{"inset-inline-start":j(t),width:j(n-t)},before:{"inset-inline-end":j(f-t)},after:{"inset-inline-start":j(n)}}[r];return e`<span class="label" aria-hidden="true" style=${lt(a)}>${i}</span>`}bubble({from:t,to:n}){let r=Math.min(f*.85,Math.max(f*.15,(t+n)/2));return e`<span class="bubble" aria-hidden="true" style=${lt({"inset-inline-start":j(r)})}
      >${this.words.hours(t,n)}</span
    >`}window(t,n){let r=this.chosen?.day===t.day&&this.chosen.from===t.from,i=t.from===0&&t.to===1440;return e`
      <button
        class="window ${r?`chosen`:``}"
        data-from=${fe(t.from)}
        data-to=${fe(t.to)}
        aria-haspopup="dialog"
        aria-describedby="keys"
        aria-label=${i?this.words.say(`page_hours_line`,{days:n,hours:this.say(`all_day`)}):this.say(`week_window`,{day:n,from:this.words.clock(t.from),to:this.words.clock(t.to)})}
        style=${lt({"inset-inline-start":j(t.from),width:j(t.to-t.from)})}
        @click=${()=>this.edit(t)}
        @keydown=${e=>this.key(e,t)}
      ></button>
    `}edit(e){let t=e.from===0&&e.to===1440,n=t?_t:{from:fe(e.from),to:fe(e.to%f)};this.chosen={day:e.day,from:e.from},this.edited={span:e,isWhole:t,...n,onto:[]}}editor(n){let{span:r,isWhole:i,from:a,to:s}=n,c=e=>this.edited={...n,...e},l=bt(n);return w(this.words.say(`page_${t[r.day]??`monday`}`),e`
        ${Re(this.say(`all_day`),i,e=>c({isWhole:e}))}
        ${i?o:e`<div class="row">
              ${m(this.home,this.say(`from`),a,e=>c({from:e}),{required:!0})}
              ${m(this.home,this.say(`to`),s,e=>c({to:e}),{required:!0})}
            </div>`}
        ${a&&s&&!l?h(`error`,this.say(`ends_early`)):o} ${this.copies(n,c)}
      `,{main:C(this.say(`save`),()=>l&&this.keep(n,l),{kind:`main`,disabled:!l}),other:C(this.say(`delete`),()=>this.keep(n,void 0),{kind:`stop`})},()=>this.edited=void 0)}copies({span:t,onto:n},r){let i=(i,a)=>{let o=a.filter(e=>e!==t.day),s=o.every(e=>n.includes(e)),c=n.filter(e=>!o.includes(e));return e`<button aria-pressed=${s} @click=${()=>r({onto:s?c:[...c,...o]})}>
        ${i}
      </button>`};return e`
      <h3 id="copy">${this.say(`copy`)}</h3>
      <div class="chips" role="group" aria-labelledby="copy">
        ${i(this.words.say(`page_every_day`),yt)} ${i(this.say(`workdays`),vt)}
        ${yt.filter(e=>e!==t.day).map(e=>i(k(this.words,e),[e]))}
      </div>
    `}keep({span:e,onto:t},n){let r=me(this.spans,e.day,e.from);this.edited=void 0,n?this.emit(ne(this.choose(r,n),e.day,t)):this.change(r,void 0),this.focusOn(e.day)}add(e){let t=_e(this.spans,e);t&&this.change(void 0,t),this.focusOn(e)}key(e,t){let n=getComputedStyle(this).direction===`rtl`?`ArrowLeft`:`ArrowRight`,r=n===`ArrowLeft`?`ArrowRight`:`ArrowLeft`,i={[n]:15,[r]:-15}[e.key],a=t;if(i!==void 0)a=e.shiftKey?he(t,`to`,t.to+i):de(t,t.day,t.from+i);else if(e.key===`ArrowDown`||e.key===`ArrowUp`)a=de(t,t.day+(e.key===`ArrowDown`?1:-1),t.from);else if(e.key===`Delete`||e.key===`Backspace`)a=void 0;else return;e.preventDefault(),this.change(t,a),this.focusOn(a?.day??t.day)}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelectorAll(`.day`)[e]?.querySelector(`.window.chosen, ha-icon-button, .only-icon`)?.focus()})}begin(e,t){if(e.button!==0||this.drag)return;let n=e.target,r=e.currentTarget,i=this.minuteOf(e,r),a=n.classList.contains(`window`)?me(this.spans,t,this.inside(i)):void 0;this.drag={grip:a?this.grip(e,n):`draw`,pointer:e.pointerId,began:{x:e.clientX,at:i},span:a,row:t,moves:!1},r.setPointerCapture(e.pointerId)}follow(e){let{drag:t}=this;t?.pointer===e.pointerId&&(t.moves||=Math.abs(e.clientX-t.began.x)>pt||this.rowOf(e)!==t.row,t.moves&&(this.held=this.dragged(t,e),this.shown=l(this.spans,t.span,this.held)))}end(e){let{drag:t}=this;t?.pointer===e.pointerId&&(this.leave(),t.moves?this.change(t.span,this.dragged(t,e)):t.span?this.edit(t.span):this.change(void 0,ce(t.row,t.began.at,t.began.at+mt)))}leave(){this.drag=void 0,this.shown=this.held=void 0}dragged(e,t){let n=this.minuteOf(t,t.currentTarget),{span:r}=e;return r?e.grip===`move`?de(r,this.rowOf(t)??e.row,r.from+n-e.began.at):he(r,e.grip===`from`?`from`:`to`,n):ce(e.row,e.began.at,n)}grip(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect();if(i<30)return`move`;let[a,o]=this.isRightToLeft?[`to`,`from`]:[`from`,`to`];return e.clientX-n<ft?a:r-e.clientX<ft?o:`move`}get isRightToLeft(){return getComputedStyle(this).direction===`rtl`}minuteOf(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect(),a=this.isRightToLeft?r-e.clientX:e.clientX-n;return Math.min(f,Math.max(0,a/i*f))}inside(e){return Math.min(f-1,Math.floor(e))}rowOf(e){let t=[...this.renderRoot.querySelectorAll(`.track`)].findIndex(t=>{let{top:n,bottom:r}=t.getBoundingClientRect();return n<=e.clientY&&e.clientY<=r});return t<0?this.drag?.row:t}change(e,t){this.emit(this.choose(e,t))}choose(e,t){let n=l(this.spans,e,t),r=t&&me(n,t.day,t.from);return this.chosen=r&&{day:r.day,from:r.from},n}emit(e){this.spans=e,this.dispatchEvent(new CustomEvent(`ca-week`,{detail:e,bubbles:!0,composed:!0}))}};d([c({attribute:!1})],A.prototype,`home`,void 0),d([c({attribute:!1})],A.prototype,`words`,void 0),d([c({attribute:!1})],A.prototype,`spans`,void 0),d([p()],A.prototype,`shown`,void 0),d([p()],A.prototype,`held`,void 0),d([p()],A.prototype,`chosen`,void 0),d([p()],A.prototype,`edited`,void 0),A=d([r(`courier-access-week`)],A);function bt({span:{day:e},isWhole:t,from:n,to:r}){if(t)return{day:e,from:0,to:f};if(!n||!r)return;let i={day:e,from:u(n),to:u(r)||1440};return i.from<i.to?i:void 0}function j(e){return`${e/f*100}%`}var xt={unauthenticated:`signature`,malformed:`form`,unsupported:`form`,too_large:`form`,slow_body:`form`,id_reused:`form`,in_flight:`often`,rate_limited:`often`,door_busy:`door`,door_unavailable:`door`,not_ready:`building`,ledger_unavailable:`building`,clock_untrusted:`building`};function St(e){let t=xt[e];return t?`panel_problem_${t}`:`notification_reason_${e}`}function Ct({consent:e,on_paper:t}){return t?e===`given`?`given_on_paper`:`refused_on_paper`:e}function wt(e){return!e.has_way||!!e.unreachable_since}function Tt(e,t){return e.residents.find(({resident:e})=>e===t.subject)}function Et({issues:e,record:t}){let n=e=>Number(e.kind===t.kept_out_by);return[...e].sort((e,t)=>n(t)-n(e))}function Dt(e,t){let[n,r]=e<1e6?[Math.max(1,Math.round(e/1e3)),`kilobyte`]:[e/1e6,`megabyte`];return new Intl.NumberFormat(t,{style:`unit`,unit:r,maximumFractionDigits:1}).format(n)}function Ot(e,t){return JSON.stringify(ie(e))===JSON.stringify(ie(t))}var M=class extends y{constructor(...e){super(...e),this.kept={},this.busy=!1}willUpdate(e){e.has(`kept`)&&this.drawn&&Ot(this.drawn,this.kept)&&(this.drawn=void 0)}render(){let t=this.drawn??this.kept,n=!Ot(t,this.kept);return e`
      <section aria-busy=${this.busy}>
        <h2>${this.say(`building_hours`)}</h2>
        <p class="soft">${this.say(`building_hours_says`)}</p>
        ${this.words.readerIsElsewhere?h(`warning`,this.say(`elsewhere`,{zone:this.words.zone})):o}
        <courier-access-week
          .home=${this.home}
          .words=${this.words}
          .spans=${re(ie(t))}
          @ca-week=${e=>this.drawn=ge(e.detail)}
        ></courier-access-week>
        ${Object.keys(t).length?o:e`<p>${this.say(`building_hours_none`)}</p>`}
        <div class="row">
          ${C(this.say(`save`),()=>void this.keep(t),{kind:`main`,disabled:!n||this.busy})}
          ${C(this.say(`cancel`),()=>this.drawn=void 0,{kind:`text`,disabled:!n||this.busy})}
        </div>
      </section>
    `}async keep(e){let t=this.kept;this.busy=!0;let n=await this.act(()=>this.access.setHours(this.building.building,e));this.busy=!1,n&&(this.kept=e,this.drawn=void 0,this.tell({text:this.say(`kept`),undo:()=>void this.keep(t)}))}};d([c({attribute:!1})],M.prototype,`kept`,void 0),d([p()],M.prototype,`drawn`,void 0),d([p()],M.prototype,`busy`,void 0),M=d([r(`courier-access-building-hours`)],M);var N=class extends y{constructor(...e){super(...e),this.busy=!1,this.asked=0}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.asked++,this.found=void 0,this.busy=!1)}render(){return e`
      <section>
        <h2>${this.words.say(`page_check`)}</h2>
        <p>${this.words.say(`page_check_says`)}</p>
        <label for="notification">${this.words.say(`page_check_notification`)}</label>
        <textarea id="notification" rows="2" autocomplete="off"></textarea>
        ${C(this.words.say(`page_check_button`),()=>this.check(),{disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      </section>
    `}answer(t){return e`
      ${this.record(t)}
      ${t.notifications?t.notifications.map(({record:t,standing:n})=>e`
              <p class="status ${n===`unchanged`?`good`:`bad`}">
                ${this.words.say(`page_standing_${n}`,{record:t})}
              </p>
            `):e`<p class="soft">${this.words.say(`page_checked_alone`)}</p>`}
    `}record(t){return t.intact?t.notifications?.some(({standing:e})=>e!==`unchanged`)?o:e`<p class="status good">${this.words.say(`page_checked_intact`,{count:t.records})}</p>`:e`<p class="status bad">
        ${this.words.say(`page_checked_broken`,{record:t.broken_at??0})}
      </p>`}async check(){let e=this.renderRoot.querySelector(`textarea`),t=++this.asked;this.busy=!0,await this.act(async()=>{this.found=void 0;let n=await this.access.verify(this.building.building,e?.value.trim()??``);t===this.asked&&(this.found=n)}),t===this.asked&&(this.busy=!1)}};d([p()],N.prototype,`found`,void 0),d([p()],N.prototype,`busy`,void 0),N=d([r(`courier-access-check`)],N);var kt=`/config/repairs`,At=`/config/network`,jt=`/config/cloud`,Mt=3,Nt=[`nothing`,`not_https`];function Pt(e){return e.available?e.left_open?`left_open`:e.position===`jammed`?`door_jammed`:void 0:`door_unavailable`}function Ft(e,t=[]){if(e.enabled){if(!e.doors.length)return`courier_no_doors`;if(e.keys.length)return e.reach===`not_https`?`courier_not_https`:e.reach===`nothing`||e.reach===`cloud_gone`?`courier_cut_off`:Lt(e)?`courier_refused`:e.uses_newest_key===!1?`courier_old_key`:t.includes(e.courier)?`courier_never_heard`:void 0}}var It=[`unauthenticated`,`malformed`,`unsupported`,`too_large`];function Lt({last_refusal:e,last_contact:t}){return e!==null&&It.includes(e.why)&&(t===null||t<e.at)}function Rt(e){return wt(e)?`unreachable`:e.consent===`not_given`?`consent_not_given`:void 0}function zt(e,t,n=!1){return new Bt(e,t).all(n?[`no_residents`,`no_consent`,`consent_not_given`]:[])}var Bt=class{constructor(e,t){this.owned=e,this.words=t,this.edit=g(e)}all(e){return[...this.keptOut(),...this.issues(),...this.address(),...this.doors(),...this.couriers(),...this.residents()].filter(({kind:t})=>!e.includes(t))}say(e,t){return this.words.say(`panel_${e}`,t)}has(e,t){return this.owned.issues.some(n=>n.kind===e&&(t===void 0||n.subject===t))}keptOut(){let{kept_out_by:e}=this.owned.record;return e===null||this.has(e)?[]:[{kind:e,name:this.say(`record`),says:this.words.issue(e,`title`,{building:this.owned.name}),href:kt}]}issues(){return Et(this.owned).filter(({kind:e})=>e!==`no_external_url`||!this.unreachable.length).map(e=>this.issue(e))}issue(e){let{kind:t,placeholders:n}=e,r=Tt(this.owned,e);return{kind:t,name:this.words.issue(t,`title`,n),says:r?this.named(r):``,...!e.is_fixable&&{more:this.words.issue(t,`description`,n)},href:{no_external_url:At,cloud_address_gone:jt,no_residents:this.edit}[t]??`/config/repairs`}}get unreachable(){return this.owned.couriers.filter(({enabled:e,keys:t,reach:n})=>e&&t.length&&Nt.includes(n))}address(){let[e]=this.unreachable;if(!e)return[];let t=this.unreachable.map(({name:e})=>e);return[{kind:`address`,name:this.list(t),says:this.say(`reach_${e.reach}`),href:At}]}doors(){return this.owned.doors.flatMap(e=>{let t=Pt(e);return!t||this.has(`opener_offline`,e.door)||this.has(`opener_removed`,e.door)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`left_open`?Ce(this.owned,`entries`):this.edit}]})}couriers(){return this.owned.couriers.flatMap(e=>{let t=Ft(e,this.owned.never_heard);if(!t||Nt.includes(e.reach))return[];let n={courier_cut_off:`cloud_address_gone`,courier_old_key:`key_ending`}[t];return n&&this.has(n,e.courier)?[]:[{kind:t,name:e.name,says:this.say(t),href:t===`courier_cut_off`?jt:this.edit}]})}residents(){let e=this.owned.residents.filter(e=>wt(e)&&!this.has(`resident_unreachable`,e.resident)),t=this.has(`no_consent`)?[]:this.owned.residents.filter(({consent:e})=>e===`not_given`);return[...this.people(`unreachable`,e),...this.people(`consent_not_given`,t)]}people(e,t){return t.length?[{kind:e,name:this.list(t.map(e=>this.named(e))),says:this.say(e),href:this.edit}]:[]}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}list(e){let t=e.length-Mt;return e.slice(0,Mt).join(`; `)+(t>0?`; +${t}`:``)}},Vt={good:`good`,bad:`alert`,plain:`plain`};function P(t){let{tone:n,name:r,says:i,link:a,more:s=o}=t,c=e`<span class="name">${r}</span><span class="says ${t.isSaidOnly?`quiet`:``}">${i}</span>`;return e`
    <div class="item ${n}">
      ${D(t.icon??Vt[n])}
      ${s===o?e`<div class="words">${c}</div>`:e`<details>
            <summary class="words">${c}${D(`open`)}</summary>
            ${s}
          </details>`}
      ${a?e`<a class="to" href=${a.href} aria-label=${a.label} @click=${e=>Ht(e,a)}
            >${a.text}</a
          >`:o}
    </div>
  `}function Ht(e,{go:t}){t&&(e.preventDefault(),t())}var Ut=a`
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
`,F=class extends y{constructor(...e){super(...e),this.neverHeard=[],this.busy=!1}static{this.styles=[y.styles,Ut]}render(){let{courier:t}=this,n=Ft(t,this.neverHeard);return P({tone:n?`bad`:t.enabled&&t.keys.length?`good`:`plain`,name:t.name,says:this.state(n),more:e`
        ${t.doors.length?e`<p>${this.say(`courier_doors`,{doors:t.doors.join(`, `)})}</p>`:o}
        ${t.keys.length?this.messages(t):e`<p>${this.say(`key_none`)}</p>`}
      `,link:{href:g(this.building),text:this.say(`edit`),label:`${this.say(`edit`)}: ${t.name}`}})}show(){let e=this.renderRoot.querySelector(`details`);e&&(e.open=!0,this.scrollIntoView({block:`center`}),e.querySelector(`summary`)?.focus())}state(e){let{enabled:t,keys:n,last_contact:r}=this.courier;return t?e?this.say(e):n.length?r?this.say(`last_contact`,{time:this.words.moment(r)}):this.say(`courier_quiet`):this.say(`courier_without_key`):this.say(`courier_disabled`)}messages(t){return e`
      <p data-reach=${t.reach}>${this.say(`reach_${t.reach}`)}</p>
      ${t.keys.map(({kind:n,ends_at:r})=>e`
          <p>
            ${this.say(`key_${n}`)} ${r?this.say(`key_ends`,{time:this.words.moment(r)}):o}
            ${!r&&t.uses_newest_key===!1?this.say(`key_unused`):o}
          </p>
        `)}
      <p class="soft">
        ${t.last_contact?this.say(`last_contact`,{time:this.words.moment(t.last_contact)}):this.say(`never_heard`)}
        ${this.refusals()}
      </p>
      ${C(this.say(`test`),()=>this.test(),{disabled:this.busy})}
      <div role="status">${this.tried?this.answer(this.tried):``}</div>
    `}refusals(){let{refusals:e,last_refusal:t}=this.courier;return t?this.say(`refusals`,{count:e,time:this.words.moment(t.at),why:this.words.say(St(t.why))}):``}answer({found:t,why:n}){let r=t===`good`||t===`answers`;return e`
      <p class="status ${r?`good`:`bad`}" data-found=${t}>
        ${this.say(`found_${t}`)} ${n?this.words.say(St(n)):o}
        ${r&&this.courier.reach===`nothing`?this.say(`found_inside`):o}
      </p>
    `}async test(){this.busy=!0,this.tried=void 0,await this.act(async()=>{this.tried=await this.access.test(this.building.building,this.courier.courier)}),this.busy=!1}};d([c({attribute:!1})],F.prototype,`courier`,void 0),d([c({attribute:!1})],F.prototype,`neverHeard`,void 0),d([p()],F.prototype,`tried`,void 0),d([p()],F.prototype,`busy`,void 0),F=d([r(`courier-access-courier`)],F);var Wt={courier_disabled:[`courier_disabled`],door_not_allowed:[`door_not_allowed`],paused:[`building_paused`,`unit_paused`],outside_building_hours:[`building_hours`]},Gt=[`nobody_consents`,`withdrawn`,`denied`],Kt={courier_disabled:`notification_reason_courier_disabled`,door_not_allowed:`notification_reason_door_not_allowed`,building_hours:`notification_reason_outside_building_hours`,building_paused:`page_shut_building_paused`,unit_paused:`page_shut_unit_paused`,nobody_consents:`page_shut_not_given`};function qt({admitted:e,reason:t}){return e?`yes`:t===`no_answer`?`ask`:`no`}function Jt(e){let t=Wt[e.reason],n=e.because.filter(({says:n,layer:r})=>n===qt(e)&&(t?.includes(r)??!0));return n.find(({layer:e})=>Gt.includes(e))??n.find(({layer:e})=>e!==`not_consenting`)??n[0]}function Yt(e,t,n){let r=Jt(n),i=qt(n);if(!r){if(i===`ask`)return``;let t=i===`yes`||n.reason===`not_accepting`;return e.say(t?`panel_rule_${i}`:`notification_reason_${n.reason}`)}let{layer:a,resident:o=``,entity:s=``}=r,c=Kt[a];return c?e.say(c):e.say(`panel_rule_${a}`,{resident:o,entity:t[s]?.attributes.friendly_name??s})}function I(t,n,r,i=!1){return e`
    <section>
      <details ?open=${i}>
        <summary>
          <h2>${t}</h2>
          <span class="set soft">${n}</span>
          ${D(`open`)}
        </summary>
        <div class="inside">${r}</div>
      </details>
    </section>
  `}var L=class extends y{constructor(...e){super(...e),this.couriers=[],this.doors=[],this.units=[],this.chosen={},this.busy=!1,this.asked=0}static{this.styles=[y.styles,a`
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
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&this.forget()}render(){if(!this.couriers.length||!this.doors.length||!this.units.length)return o;let t=this.at??this.now;return I(this.say(`check_access`),``,e`
        <p class="soft">${this.say(`check_says`)}</p>
        <div class="fields">
          ${this.select(`courier`,this.say(`orders_courier`))} ${this.select(`unit`,this.say(`which_unit`))}
          ${this.select(`door`,this.say(`orders_door`))}
          ${S(this.home,this.words.say(`page_day`),t.day,e=>this.ask({at:{...t,day:e}}),{required:!0})}
          ${m(this.home,this.say(`check_at`),t.time,e=>this.ask({at:{...t,time:e}}),{required:!0})}
        </div>
        ${C(this.say(`check`),()=>this.check(),{kind:`main`,disabled:this.busy})}
        <div role="status">${this.found?this.answer(this.found):``}</div>
      `)}get now(){return this.words.wall((/* @__PURE__ */ new Date()).toISOString())}select(e,t){let n=this.choices(e);return n.length<2?o:b(t,this.selected(e)?.[0],n.map(([e,t])=>({value:e,label:t})),t=>this.ask({chosen:{...this.chosen,[e]:t}}))}choices(e){return e===`unit`?this.units.map(e=>[e,e]):e===`courier`?this.couriers:this.doors}selected(e){let t=this.choices(e);return t.find(([t])=>t===this.chosen[e])??t[0]}ask(e){e.at?.day&&e.at.time&&(this.at=e.at),e.chosen&&(this.chosen=e.chosen),this.forget()}forget(){this.asked++,this.found=void 0,this.busy=!1}answer(t){let n=qt(t);return e`
      <p class="status ${n===`yes`?`good`:``}" data-answer=${n}>
        <strong>${this.say(`check_${n}`,{courier:t.courier})}</strong><br />
        ${Yt(this.words,this.home.states,t)}
      </p>
    `}async check(){let[e,t,n]=[`courier`,`unit`,`door`].map(e=>this.selected(e));if(!e||!t||!n)return;let[,r]=e;this.forget();let{asked:i}=this;this.busy=!0,await this.act(async()=>{let e=this.at&&`${this.at.day}T${this.at.time}`,a=await this.access.check(this.building.building,n[0],t[0],e);i===this.asked&&(this.found=a.find(e=>e.courier===r)??{courier:r,unit:t[0],admitted:!1,reason:`door_not_allowed`,because:[]})}),i===this.asked&&(this.busy=!1)}};d([c({attribute:!1})],L.prototype,`couriers`,void 0),d([c({attribute:!1})],L.prototype,`doors`,void 0),d([c({attribute:!1})],L.prototype,`units`,void 0),d([p()],L.prototype,`chosen`,void 0),d([p()],L.prototype,`at`,void 0),d([p()],L.prototype,`found`,void 0),d([p()],L.prototype,`busy`,void 0),L=d([r(`courier-access-may-enter`)],L);var Xt=[`door`,`courier`,`resident`,`consent`,`hours`,`entry`],Zt=[`consent`,`hours`,`entry`];function Qt(e,t){switch(t){case`door`:return e.doors.length>0;case`courier`:return e.couriers.some(({enabled:e,doors:t})=>e&&t.length>0);case`resident`:return e.residents.length>0;case`consent`:return e.residents.some(({consent:e})=>e===`given`);case`hours`:return e.has_residents_hours;case`entry`:return e.ever_admitted===!0}}function $t(e){return e.ever_admitted===!1}function en(e){return Xt.find(t=>!Qt(e,t))}var tn=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],nn=[`locked`,`locking`],rn={door:`panel_orders_door`,courier:`panel_orders_courier`,resident:`panel_residents`,consent:`csv_resident_consent`,hours:`page_time`,entry:`panel_setup_entry`},an=1800,R=class extends y{constructor(...e){super(...e),this.news=0,this.whole=!0,this.reading=0}static{this.styles=[y.styles,Ut,a`
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
    `]}connectedCallback(){super.connectedCallback(),this.renewing=setInterval(()=>void this.read(),an*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.renewing)}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.owned=void 0),(e.has(`news`)||e.has(`building`))&&this.read()}async read(){let e=++this.reading;try{let t=await this.access.owned(this.building.building);e===this.reading&&(this.owned=t)}catch(e){this.owned||this.tell({text:this.words.refusal(e)})}}render(){let{owned:t}=this;return t?e`
      ${$t(t)?this.setup(t):o} ${this.required(t)}
      <courier-access-may-enter
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .couriers=${t.couriers.map(({courier:e,name:t})=>[e,t])}
        .doors=${t.doors.map(({door:e,name:t})=>[e,t])}
        .units=${this.whole?sn(t):[]}
      ></courier-access-may-enter>
      ${this.doors(t)} ${this.couriers(t)} ${this.residents(t)} ${this.links(t)} ${this.record(t)}
      <courier-access-building-hours
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .kept=${t.hours}
      ></courier-access-building-hours>
    `:e`<section>${T(this.say(`loading`))}</section>`}setup(t){let n=en(t);return e`
      <section data-setup=${n??``}>
        <h2>${this.say(`setup`)}</h2>
        <ol class="rows">
          ${Xt.map(r=>e`<li data-step=${r}>${this.step(t,r,r===n)}</li>`)}
        </ol>
      </section>
    `}step(e,t,n){let r=Qt(e,t),i=this.words.say(rn[t]);return P({tone:r?`good`:`plain`,name:i,says:r?this.say(`setup_done`):n&&Zt.includes(t)?this.say(`setup_${t}_says`):``,isSaidOnly:r,link:n?{...this.link(this.placeOf(t),this.say(`setup_next`),i),...this.test(e,t)}:void 0})}placeOf(e){let{building:t}=this;return e===`entry`?on(t)&&at(t)?Oe(t):Ce(t,`deliveries`):e===`consent`&&this.isResident?Ce(t,`now`):e===`hours`&&this.isResident?Ce(t,`hours`):g(t)}test({couriers:e},t){let n=e.find(({enabled:e,keys:t})=>e&&t.length);if(t!==`entry`||this.isResident||!n)return{};let r=()=>this.renderRoot.querySelector(`[data-courier="${n.courier}"] > *`);return{go:()=>r()?.show()}}get isResident(){return on(this.building)&&x(this.building).length>0}required(t){let n=zt(t,this.words,$t(t));return e`
      <section>
        <h2>${this.say(`needs_you`)}</h2>
        ${n.length?e`<ul class="rows">
              ${n.map(e=>this.action(e))}
            </ul>`:e`<p class="status good">${this.say(`needs_nothing`)}</p>`}
      </section>
    `}action({kind:t,name:n,says:r,more:i,href:a}){return e`
      <li data-issue=${t}>
        ${P({tone:`bad`,name:n,says:r,more:i?e`<p class="text">${i}</p>`:o,link:this.link(a,this.say(`fix`),n)})}
      </li>
    `}link(e,t,n){return{href:e,text:t,label:`${t}: ${n}`}}edit(e){return this.link(g(this.building),this.say(`edit`),e)}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}couriers(t){return e`
      <section>
        <h2>${this.say(`couriers`)}</h2>
        ${t.couriers.length?e`<ul class="rows">
              ${t.couriers.map(n=>e`
                  <li data-courier=${n.courier}>
                    <courier-access-courier
                      .home=${this.home}
                      .words=${this.words}
                      .access=${this.access}
                      .building=${this.building}
                      .courier=${n}
                      .neverHeard=${t.never_heard??[]}
                    ></courier-access-courier>
                  </li>
                `)}
            </ul>`:e`<p>${this.words.say(`page_lobby_couriers_none`)}</p>`}
      </section>
    `}doors(t){return e`
      <section>
        <h2>${this.say(`doors`)}</h2>
        <ul class="rows">
          ${t.doors.map(e=>this.door(e))}
        </ul>
      </section>
    `}door(t){let n=tn.includes(t.position)?t.position:`unavailable`,r=Pt(t),i=r?`alert`:nn.includes(n)?`locked`:`unlocked`;return e`
      <li data-door=${t.door}>
        ${P({tone:r?`bad`:i===`locked`?`good`:`plain`,icon:i,name:t.name,says:this.say(r??`door_${n}`),more:e`
            ${t.available?o:e`<p>${this.unavailable(t)}</p>`}
            <p class="soft">
              ${this.opener(t)} ${this.say(`unlock_seconds`,{seconds:t.unlock_seconds})}
              ${this.say(t.contact?`contact_${t.contact}`:`contact_none`)}
            </p>
            ${t.doorbells.map(t=>e`<p class="soft">${this.bell(t)}</p>`)}
          `,link:this.edit(t.name)})}
      </li>
    `}opener({opener:e}){if(e===null)return``;let t=this.home.states[e]?.attributes.friendly_name??e;return this.say(`opener`,{name:t})}bell({name:e,rang_at:t,unavailable_since:n}){return e===null?this.say(`bell_missing`):n===null?t===null?this.say(`bell_quiet`,{name:e}):this.say(`bell_rang`,{name:e,time:this.words.moment(t)}):this.say(`bell_away_since`,{name:e,time:this.words.moment(n)})}unavailable(e){return e.opener_removed?this.say(`opener_removed`):e.unavailable_since?this.say(`opener_away_since`,{time:this.words.moment(e.unavailable_since)}):``}residents(t){return e`
      <section>
        <h2>${this.say(`residents`)}</h2>
        <ul class="rows">
          ${t.residents.map(e=>this.resident(e))}
        </ul>
      </section>
    `}resident(t){let n=Ct(t),r=Rt(t),i=t.consent===`given`,a=wt(t),s=[...a?[this.say(`unreachable`)]:[],...t.waits_for_confirmation?[this.say(`pending`)]:[],...n?[this.say(`consent_${n}`)]:[]];return e`
      <li class="resident" data-resident=${t.resident}>
        ${P({tone:r?`bad`:i&&!t.waits_for_confirmation?`good`:`plain`,name:this.named(t),says:s.join(` · `),more:a||t.waits_for_confirmation?e`
                  ${a?e`<p>${this.outOfReach(t)}</p>`:o}
                  ${t.waits_for_confirmation?e`<p>${this.say(`waits`)}</p>`:o}
                `:o,link:this.edit(this.named(t))})}
      </li>
    `}outOfReach({unreachable_since:e}){return e?this.say(`unreachable_since`,{time:this.words.moment(e)}):this.say(`no_way`)}links(t){return e`
      <section>
        <h2>${this.say(`links`)}</h2>
        <ul class="links">
          <li><a class="to" href=${t.links.notice} target="_blank">${this.say(`open_notice`)}</a></li>
          <li><a class="to" href=${t.links.residents} download>${this.say(`open_list`)}</a></li>
          <li><a class="to" href=${g(this.building)}>${this.say(`open_settings`)}</a></li>
        </ul>
      </section>
    `}record(t){let{kept_out_by:n,records:r,newest_at:i,retention_days:a,notifications_pending:s}=t.record;return e`
      <section>
        <h2>${this.say(`record`)}</h2>
        <p class="status ${n?`bad`:`good`}" data-kept-out=${n??``}>
          <strong
            >${n?this.words.issue(n,`title`,{building:t.name}):this.say(`record_well`)}</strong
          >
        </p>
        <p>
          ${r===null?o:this.say(`record_has`,{count:r,size:Dt(t.record_bytes,this.words.language)})}
          ${i?this.say(`record_newest`,{time:this.words.moment(i)}):o}
        </p>
        <p class="soft">
          ${this.say(`record_keeps`,{days:a})} ${s?this.say(`notifications_pending`,{count:s}):o}
        </p>
      </section>
      ${this.whole?e`<courier-access-check
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
          ></courier-access-check>`:o}
    `}};d([c({type:Number})],R.prototype,`news`,void 0),d([c({type:Boolean})],R.prototype,`whole`,void 0),d([p()],R.prototype,`owned`,void 0),R=d([r(`courier-access-building`)],R);function on(e){return`residents`in e}function sn({residents:e}){return[...new Set(e.map(({unit:e})=>e))].sort((e,t)=>e.localeCompare(t,void 0,{numeric:!0}))}var z=`other`,cn=64,B=class extends y{constructor(...e){super(...e),this.unit=``,this.courier=``,this.door=``,this.choice=``,this.day=``,this.refusal=``,this.sending=!1,this.times={from:``,to:``},this.read=``}static{this.styles=[y.styles,a`
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
    `]}willUpdate(e){this.day||this.begin();let t=this.resident,n=`${this.building.building} ${t?.resident}`;t&&(n!==this.read||e.get(`building`))&&(this.read=n,this.access.rules(this.building.building,t.resident).then(e=>this.rules=e,()=>this.rules=void 0))}firstUpdated(){Ze(this.renderRoot.querySelector(`ha-select, select, .chips button`))}begin(){let{delivery:e}=this;if(!e){this.choice=this.day=this.today;return}let[t,n]=[this.words.wall(e.starts_at),this.words.wall(e.ends_at)];this.unit=e.units?.[0]??``,this.courier=e.courier_id??``,this.door=e.door_id??``,this.day=t.day,this.choice=this.days.includes(t.day)?t.day:z,this.preset=`other`,this.times={from:t.time,to:n.time}}render(){let t=this.chosen;if(!t)return o;let n=ke(this.day,this.rules,t,this.now),[r]=n.find(([e])=>e===this.preset)??n[0]??[`other`],i=this.doorsOf(t);return e`
      <form aria-busy=${this.sending} @submit=${e=>this.send(e,n,r)}>
        ${this.delivery?o:this.who(t)}
        ${i.length>1?b(this.words.say(`csv_door`),this.door||i[0]?.door,i.map(({door:e,name:t})=>({value:e,label:t})),e=>this.door=e):o}
        ${this.when()}
        ${Se(this.words.say(`page_time`),r,n.map(([e,t])=>({value:e,label:this.preset_name(e,t)})),e=>this.preset=e)}
        ${r===`other`?e`<div class="row">
              ${[`from`,`to`].map(e=>m(this.home,this.say(e),this.times[e],t=>this.times={...this.times,[e]:t},{name:e,required:!0}))}
            </div>`:o}
        <label class="field"
          >${this.words.say(`page_note`)}
          <input
            name="parcel"
            maxlength=${cn}
            autocomplete="off"
            aria-describedby="note"
            value=${this.delivery?.parcel_ref??``}
        /></label>
        <span class="soft" id="note">${this.words.say(`page_note_says`)}</span>
        ${this.refusal?h(`error`,this.refusal):o}
        <div class="row">
          ${C(this.say(`save`),void 0,{kind:`main`,submits:!0,disabled:this.sending})}
          ${C(this.say(`cancel`),()=>this.close(),{kind:`text`})}
        </div>
      </form>
    `}who(t){let n=x(this.building).map(({unit:e})=>e);return e`
      ${n.length>1?b(this.say(`which_unit`),this.resident?.unit,n.map(e=>({value:e,label:e})),e=>this.unit=e):o}
      ${b(this.words.say(`csv_courier`),t.courier,Fe(this.building).map(({courier:e,name:t})=>({value:e,label:t})),e=>this.courier=e)}
    `}when(){let{language:t}=this.words,n=new Intl.RelativeTimeFormat(t,{numeric:`auto`}),r=this.days.map((e,r)=>({value:e,label:Le(n.format(r,`day`),t)}));return e`
      ${Se(this.words.say(`page_day`),this.choice,[...r,{value:z,label:this.say(`other_day`)}],e=>{this.choice=e,e!==z&&(this.day=e)})}
      ${this.choice===z?S(this.home,this.words.say(`page_day`),this.day,e=>this.day=e||this.day,{min:this.today,required:!0}):o}
    `}preset_name(e,t){if(e===`other`||!t)return this.words.say(`page_other_times`);if(e===`all_day`)return Le(this.words.say(`page_all_day`),this.words.language);let n=this.span(u(t.from),u(t.to)||1440);return e===`mine`?`${this.words.say(`page_my_hours`)} (${n})`:n}span(e,t){let{words:n}=this;if(e<t)return n.hours(e,t);let r=n.date(Ae(this.day,1),{weekday:`short`});return`${n.clock(e)} – ${r} ${n.clock(t)}`}get resident(){let e=x(this.building).filter(e=>!e.waits_for_confirmation);return e.find(({unit:e})=>e===this.unit)??e.find(ot)??e[0]}get chosen(){let e=Fe(this.building);return e.find(({courier:e})=>e===this.courier)??e[0]}doorsOf(e){return this.building.doors.filter(({door:t})=>e.doors.includes(t))}get now(){let{day:e,time:t}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return`${e}T${t}:00`}get today(){return this.now.slice(0,10)}get days(){return[this.today,Ae(this.today,1)]}async send(e,t,n){e.preventDefault();let r=new FormData(e.target),i=this.chosen;if(!i||this.sending)return;let a=t.find(([e])=>e===n)?.[1]??this.times;if(!a.from||!a.to){this.refusal=this.words.say(`page_expect_unreadable`);return}let o=this.doorsOf(i).map(({door:e})=>e),s=(o.includes(this.door)?this.door:o[0])??``,c={...it(this.day,a),door:s,parcel_ref:String(r.get(`parcel`)??``)},{building:l}=this.building,{delivery:ee}=this;this.sending=!0,this.refusal=``;try{let e=ee?.grant_id?await this.access.revise(l,i.courier,ee.grant_id,c):await this.access.issue(l,i.courier,this.resident?.unit??``,c);if(e.decision===`accepted`)this.close(e);else{let t=this.words.say(`notification_reason_${e.reason}`);this.refusal=`${this.words.say(`page_expect_refused`)} ${t}`}}catch(e){this.refusal=this.words.refusal(e)}this.sending=!1}close(e){this.dispatchEvent(new CustomEvent(`ca-close`,{detail:e}))}};d([c({attribute:!1})],B.prototype,`delivery`,void 0),d([p()],B.prototype,`unit`,void 0),d([p()],B.prototype,`courier`,void 0),d([p()],B.prototype,`door`,void 0),d([p()],B.prototype,`choice`,void 0),d([p()],B.prototype,`day`,void 0),d([p()],B.prototype,`preset`,void 0),d([p()],B.prototype,`rules`,void 0),d([p()],B.prototype,`refusal`,void 0),d([p()],B.prototype,`sending`,void 0),d([p()],B.prototype,`times`,void 0),B=d([r(`courier-access-expect`)],B);var ln=3,un=20,V=class extends y{constructor(...e){super(...e),this.orders=[],this.draft={},this.busy=!1}willUpdate(e){e.has(`building`)&&(e.get(`building`)?.building!==this.building.building&&(this.orders=[],this.sources=void 0),this.resident&&this.load())}render(){let{resident:t,sources:n}=this;if(!t)return o;let r=this.orders.filter(e=>e.resident!==void 0),i=C(this.say(`orders_give`),()=>void this.open(t),{icon:`add`});return e`
      <section>
        <h2>${this.say(`orders`)}</h2>
        <p class="soft">${this.say(`orders_says`)}</p>
        ${r.length===0?_(`parcel`,this.say(`orders_none`),i):e`<ul>
                ${r.map(e=>this.row(e))}
              </ul>
              ${i}`}
        ${n?this.form(t,n):o}
      </section>
    `}get resident(){return x(this.building)[0]}async load(){let{building:e}=this.building;await this.act(async()=>{let t=await this.access.orders(e);e===this.building.building&&(this.orders=t)})}row(t){let n=[t.courier??`–`,t.door].filter(Boolean).join(`, `);return e`
      <li data-order=${t.order}>
        <h3>${n}</h3>
        <p class="soft">
          ${this.say(`orders_most`,{count:t.most_per_day??0})}${t.is_paused?e` · ${this.say(`orders_paused`)}`:o}
        </p>
        ${(t.sources??[]).map(e=>this.source(e))}
        <div class="row">
          ${C(this.say(`orders_choose`),()=>void this.open(this.resident,t),{kind:t.sources?.length?`plain`:`main`})}
          ${C(t.is_paused?this.say(`orders_resume`):this.say(`orders_pause`),()=>void this.pause(t))}
          ${C(this.say(`orders_withdraw`),()=>void this.withdraw(t),{kind:`stop`})}
        </div>
      </li>
    `}source(t){if(t.name===null)return e`<p class="soft">${this.say(`orders_gone`)}</p>`;let n=[t.name];return t.silent_since===null?t.changed_at!==null&&n.push(this.say(`orders_changed`,{time:this.words.moment(t.changed_at)})):n.push(this.say(`orders_silent`,{time:this.words.moment(t.silent_since)})),t.last_parcel!==null&&n.push(this.say(`orders_last`,{parcel:t.last_parcel})),t.left_out>0&&n.push(this.say(`orders_left_out`,{count:t.left_out})),e`<p class="soft">${n.join(` · `)}</p>`}form(t,n){let{draft:r}=this,i=r.order===void 0,a=!!r.sensors?.length&&(!i||r.courier!==void 0),s=()=>this.sources=void 0,c=this.say(i?`orders_give`:`orders_choose`);return w(c,e`<div class="fields">
        <div role="group" aria-label=${this.say(`orders_source`)}>
          <h3>${this.say(`orders_source`)}</h3>
          ${n.sensors.length===0?e`<p>${this.say(`orders_no_sources`)}</p>`:o}
          ${n.sensors.map(({sensor:t,name:n,notes:i})=>e`
              ${Re(n,!!r.sensors?.includes(t),e=>this.choose(t,e))}
              ${i.map(t=>e`<p class="soft">${this.say(`orders_${t}`)}</p>`)}
            `)}
        </div>
        ${i?this.terms():o}
      </div>`,{main:C(i?c:this.say(`save`),()=>void this.give(t),{kind:`main`,disabled:!a||this.busy}),other:C(this.say(`cancel`),s,{kind:`text`})},s)}terms(){return e`
        ${this.named(`courier`,this.building.couriers.filter(({enabled:e})=>e).map(({courier:e,name:t})=>({value:e,label:t})))}
        ${this.building.doors.length>1?this.named(`door`,[{value:void 0,label:`–`},...this.building.doors.map(({door:e,name:t})=>({value:e,label:t}))]):o}
        <label class="field"
          >${this.say(`orders_count`)}
          <input
            type="number"
            min="1"
            max=${un}
            .value=${String(this.draft.most_per_day??ln)}
            @change=${e=>this.count(e)}
        /></label>
    `}named(e,t){return b(this.say(`orders_${e}`),this.draft[e],t,t=>{let{[e]:n,...r}=this.draft;this.draft=t===void 0?r:{...r,[e]:t}})}async open(e,t){if(e===void 0)return;let{building:n}=this.building,r=t?.sources?.flatMap(({sensor:e})=>e??[])??[];this.draft=t?{order:t.order,sensors:r}:{},await this.act(async()=>{let i=await this.access.orderSources(n,e.resident);if(n!==this.building.building)return;this.sources=i;let a=i.sensors.map(({sensor:e})=>e);t&&(this.draft={...this.draft,sensors:r.filter(e=>a.includes(e))})})}choose(e,t){let n=(this.draft.sensors??[]).filter(t=>t!==e);this.draft={...this.draft,sensors:t?[...n,e]:n}}count(e){let t=Math.round(Number(e.target.value))||ln;this.draft={...this.draft,most_per_day:Math.min(un,Math.max(1,t))}}async give(e){if(this.busy)return;let{building:t}=this.building;this.busy=!0;let n=await this.act(()=>this.access.setOrder(t,e.resident,this.draft),this.say(`orders_given`));this.busy=!1,n&&t===this.building.building&&(this.sources=void 0),await this.load()}async pause({order:e,is_paused:t,resident:n}){n!==void 0&&(await this.act(()=>this.access.setOrder(this.building.building,n,{order:e,paused:!t})),await this.load())}async withdraw({order:e}){await this.act(()=>this.access.withdrawOrder(this.building.building,e),this.say(`orders_withdrawn`)),await this.load()}};d([p()],V.prototype,`orders`,void 0),d([p()],V.prototype,`sources`,void 0),d([p()],V.prototype,`draft`,void 0),d([p()],V.prototype,`busy`,void 0),V=d([r(`courier-access-orders`)],V);var H=class extends y{static{this.styles=[y.styles,a`
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
    `]}firstUpdated(){this.renderRoot.querySelector(`h3`)?.focus({preventScroll:!0}),this.scrollIntoView({block:`nearest`})}render(){let{pin:t,short_code:n,link:r,qr:a,trial:s}=this.made;return e`
      <div class="status good">
        <div role="status">
          <h3 tabindex="-1">${this.words.say(`page_pass`)}</h3>
          <p>${this.words.say(`page_pass_pin`)} <span class="code" data-pin>${t}</span></p>
        </div>
        ${s?e`<p>
              <a class="to" href=${s} target="_blank">${this.say(`try_at`,{door:this.delivery.door})}</a>
            </p>`:o}
        <p>${this.words.say(`page_pass_says`)} ${this.words.say(`page_said_make_pass`)}</p>
        <div class="row">
          ${C(this.say(`share`),()=>void this.share(),{kind:`main`})}
          ${C(this.say(`close`),()=>this.close())}
          ${C(this.say(`revoke`),()=>void this.revoke(),{kind:`stop`})}
        </div>
        <p>${this.words.say(`page_pass_code`)} <span class="code short">${n}</span></p>
        ${r?e`<p class="link">${this.words.say(`page_pass_link`)} <a href=${r}>${r}</a></p>`:o}
        ${a?e`<svg
              viewBox="0 0 ${a.side} ${a.side}"
              role="img"
              aria-label=${this.words.say(`page_pass_qr`)}
              shape-rendering="crispEdges"
            >
              ${i`<path d=${a.path} />`}
            </svg>`:o}
      </div>
    `}async share(){let{words:e,delivery:t,made:n}=this,r=ye(n,{title:e.say(`page_at`,{courier:t.courier,door:t.door}),window:e.span(n.starts_at,n.ends_at),pin:e.say(`page_pass_pin`),code:e.say(`page_pass_code`)});try{if(typeof navigator.share==`function`)return await navigator.share({text:r});await dn(r),this.tell({text:this.say(`copied`)})}catch(t){t.name!==`AbortError`&&this.tell({text:e.refusal(t)})}}async revoke(){await this.act(()=>this.access.revokePass(this.building.building,this.made.pass),this.words.say(`page_said_revoke_pass`))&&this.close()}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};d([c({attribute:!1})],H.prototype,`delivery`,void 0),d([c({attribute:!1})],H.prototype,`made`,void 0),H=d([r(`courier-access-pass`)],H);async function dn(e){if(navigator.clipboard)return navigator.clipboard.writeText(e);let t=document.body.appendChild(document.createElement(`textarea`));t.value=e,t.select();let n=document.execCommand(`copy`);if(t.remove(),!n)throw Error(e)}var fn=[6,12,18],pn=60;function mn(e,{starts_at:t,ends_at:n},r){let[i,a,o]=[t,n,new Date(r).toISOString()].map(t=>e.wall(t)),s=i.day<o.day&&o.day<=a.day?o.day:i.day;return{day:s,from:i.day<s?0:u(i.time),to:a.day>s?f:u(a.time),now:o.day===s?u(o.time):void 0}}function hn(t,n){let{from:r,to:i,now:a}=mn(t,n,Date.now()),s=e=>`${e/f*100}%`;return e`
    <div class="day-bar" aria-hidden="true">
      <div class="bar">
        <span class="span" style="inset-inline-start: ${s(r)}; inline-size: ${s(i-r)}"></span>
        ${a===void 0?o:e`<span class="now" style="inset-inline-start: ${s(a)}"></span>`}
      </div>
      ${fn.map(n=>e`<span class="hour" style="inset-inline-start: ${s(n*pn)}">${t.clock(n*pn)}</span>`)}
    </div>
  `}var gn=a`
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
`,U=`new`,W=class extends y{constructor(...e){super(...e),this.busy=!1}static{this.styles=[y.styles,gn,a`
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
    `]}connectedCallback(){super.connectedCallback();let e=new URLSearchParams(location.search);e.has(`expect`)&&(at(this.building)&&(this.edited=U),e.delete(Ee),history.replaceState(history.state,``,`${location.pathname}?${e}`))}disconnectedCallback(){super.disconnectedCallback(),this.made=this.edited=void 0}render(){let t=this.building.expected;return e`
      <div class="row head">
        <h2 class="grow">${this.words.say(`page_expected`)}</h2>
        ${at(this.building)&&!this.edited?C(this.words.say(`page_expect`),()=>this.edited=U,{kind:`main`,icon:`add`}):o}
      </div>
      ${this.form()}
      ${t.length===0?e`<section>${_(`parcel`,this.say(`expected_none`))}</section>`:e`<ul>
            ${Ne(t,G,e=>this.delivery(e))}
          </ul>`}
      ${this.building.more_expected?e`<p class="soft">${this.say(`expected_more`)}</p>`:o}
      <courier-access-orders
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-orders>
    `}delivery(t){return e`
      <li>
        <p><strong>${this.words.say(`page_at`,{courier:t.courier,door:t.door})}</strong></p>
        <p>${this.words.span(t.starts_at,t.ends_at)}</p>
        ${hn(this.words,t)}
        ${t.units?this.details(t):e`<p class="soft">${this.say(`expected_others`)}</p>`}
        ${t.units?this.own(t):o}
      </li>
    `}details({units:t=[],parcel_ref:n,entries_left:r}){let i=[...x(this.building).length>1?t.map(e=>this.words.say(`notification_unit`,{unit:e})):[],...n?[this.words.say(`notification_parcel`,{parcel:n})]:[],...r===void 0||r<2?[]:[this.say(`entries_left`,{count:r})]];return e`<p class="soft">${i.join(` `)}</p>`}form(){let{edited:t}=this;if(!t||!at(this.building))return o;let n=t===U?void 0:t,r=n&&this.words.say(`page_at`,{courier:n.courier,door:n.door});return e`
      <section>
        <h3>${r?`${this.words.say(`page_change`)}: ${r}`:this.words.say(`page_expect`)}</h3>
        ${rt(n?G(n):U,e`<courier-access-expect
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
            .delivery=${n}
            @ca-close=${e=>this.close(e.detail)}
          ></courier-access-expect>`)}
      </section>
    `}close(e){let t=this.edited===U;if(this.edited=void 0,!e)return;let n=this.building.couriers.find(({courier:t})=>t===e.courier_id);t&&n&&!n.has_key&&!this.showsPass?this.pass(e):this.tell({text:this.words.say(t?`page_said_expect`:`page_said_revise`)})}get showsPass(){return this.busy||this.building.expected.some(e=>G(e)===this.made?.key)}own(t){let n=G(t),{made:r}=this;return r?.key===n?e`<courier-access-pass
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${t}
        .made=${r.pass}
        @ca-close=${()=>this.made=void 0}
      ></courier-access-pass>`:e`
      <div class="row">
        ${C(this.words.say(`page_pass`),()=>void this.pass(t),{disabled:this.busy})}
        ${t.is_mine?C(this.words.say(`page_change`),()=>this.edited=t):o}
        <courier-access-veto
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${t}
        ></courier-access-veto>
      </div>
      ${t.passes?.map(({pass:t,made_at:n})=>e`<p>
            ${C(this.words.say(`page_revoke_pass`,{time:this.words.moment(n)}),()=>void this.revoke(t),{kind:`stop`})}
          </p>`)}
    `}async pass({courier_id:e,grant_id:t}){e===void 0||t===void 0||this.busy||(this.busy=!0,await this.act(async()=>{let n=await this.access.makePass(this.building.building,e,t);this.isConnected&&(this.made={key:_n(e,t),pass:n})}),this.busy=!1)}revoke(e){return this.act(()=>this.access.revokePass(this.building.building,e),this.words.say(`page_said_revoke_pass`))}};d([p()],W.prototype,`edited`,void 0),d([p()],W.prototype,`made`,void 0),d([p()],W.prototype,`busy`,void 0),W=d([r(`courier-access-deliveries`)],W);function G({courier_id:e,grant_id:t,courier:n,starts_at:r},i){return t===void 0?`${n} ${r} ${i}`:_n(e,t)}function _n(e,t){return`${e} ${t}`}var vn={},yn=Je(class extends $e{constructor(){super(...arguments),this.ot=vn}render(e,t){return t()}update(e,[t,n]){if(Array.isArray(t)){if(Array.isArray(this.ot)&&this.ot.length===t.length&&t.every((e,t)=>e===this.ot[t]))return se}else if(this.ot===t)return se;return this.ot=Array.isArray(t)?Array.from(t):t,this.render(t,n)}}),bn=24,xn=60,Sn=[0,6,12,18],Cn=.2;function wn(e){let t=e.flat().reduce((e,t)=>e+t,0),n=Math.max(0,...e.flat()),r=e.findIndex(e=>e.includes(n)),i=e[r]?.indexOf(n)??0;return t>0?{day:r,hour:i,count:n,total:t}:void 0}var K=class extends y{constructor(...e){super(...e),this.news=0}static{this.styles=[y.styles,a`
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
    `]}willUpdate(e){let t=e.get(`building`),n=t!==void 0&&t.building!==this.building.building;n&&(this.found=void 0),(n||e.has(`news`)||!this.hasUpdated)&&this.read()}async read(){let{building:e}=this.building;try{let t=await this.access.visits(e);e===this.building.building&&(this.found=t)}catch{}}render(){let{found:t}=this,n=t&&wn(t.visits);if(!n)return o;let r=this.say(`plot_busiest`,{day:this.words.date(`2024-01-0${n.day+1}`,{weekday:`long`}),hours:this.hour(n.hour),count:n.count,total:n.total,days:t.days});return I(this.say(`plot`),r,e`${this.map(t,n)} ${this.table(t)}`)}map({visits:t},n){return e`
      <div class="plot" aria-hidden="true">
        <div>${t.map((t,n)=>e`<div>${k(this.words,n)}</div>`)}</div>
        <svg viewBox="0 0 ${bn} ${t.length}" preserveAspectRatio="none">
          ${t.map((e,t)=>e.map((e,r)=>i`<rect
                class=${e?`some`:`none`} x=${r+.05} y=${t+.06} width="0.9" height="0.88"
                fill-opacity=${e?Cn+.8*(e/n.count):o}
              />`))}
        </svg>
        <div class="hours soft">${Sn.map(t=>e`<span>${this.words.clock(t*xn)}</span>`)}</div>
      </div>
    `}table({visits:t}){let n=Array.from({length:bn},(e,t)=>t).filter(e=>t.some(t=>t[e])),[r=0,i=0]=[n[0],n.at(-1)],a=Array.from({length:i-r+1},(e,t)=>r+t);return e`
      <div class="quiet">
        <table>
          <caption>
            ${this.say(`plot`)}
          </caption>
          <tr>
            <th scope="col">${this.words.say(`page_day`)}</th>
            ${a.map(t=>e`<th scope="col">${this.hour(t)}</th>`)}
          </tr>
          ${t.map((t,n)=>e`<tr>
              <th scope="row">${this.words.date(`2024-01-0${n+1}`,{weekday:`long`})}</th>
              ${a.map(n=>e`<td>${t[n]}</td>`)}
            </tr>`)}
        </table>
      </div>
    `}hour(e){return this.words.hours(e*xn,(e+1)*xn)}};d([c({type:Number})],K.prototype,`news`,void 0),d([p()],K.prototype,`found`,void 0),K=d([r(`courier-access-plot`)],K);var Tn=500,En=class extends y{constructor(...e){super(...e),this.busy=!1}render(){return e`
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
          ${[[`page_take_entries_says`,`page_take_entries_link`,()=>this.takeSheet()],[`page_take_says`,`page_take_link`,()=>this.takeRecord()],[`page_take_verifier_says`,`page_take_verifier_link`,()=>this.takeVerifier()]].map(([t,n,r])=>e`
              <li>
                <p>${this.words.say(t)}</p>
                ${C(this.words.say(n),()=>void this.working(r),{disabled:this.busy})}
              </li>
            `)}
        </ul>
      </section>
    `}async takeSheet(){let e=[],t;do{let n=await this.access.sheet(this.building.building,this.words.language,t);e.push(n.csv),t=n.next??void 0}while(t!==void 0);Dn(`courier-access.csv`,`text/csv`,e)}async takeRecord(){let{building:e,name:t}=this.building,n=await this.access.records(e,0),r=n.head.record,i=[],a=r+1;for(;a!==null;){let t=await this.access.entries(e,{limit:Tn,before:a});i.push(...await this.withNotifications(t.entries)),a=t.next}let o=[...n.records];for(;n.next!==null;)n=await this.access.records(e,n.next),o.push(...n.records);let s={about:this.words.say(`page_take_says`),building:t,exported_at:(/* @__PURE__ */ new Date()).toISOString(),entries_up_to:r,entries:i,records:o,head:n.head};Dn(`courier-access.json`,`application/json`,[JSON.stringify(s,null,1)])}async withNotifications(e){let{building:t,is_owner:n}=this.building;if(!n)return e;let r=e.map(e=>e.entry_id),i=await this.access.notifications(t,r);return e.map(e=>({...e,notifications:i[e.entry_id]??[]}))}async takeVerifier(){let{name:e,program:t}=await this.access.verifier(this.building.building);Dn(e,`text/x-python`,[t])}async working(e){this.busy=!0,await this.act(e),this.busy=!1}};d([p()],En.prototype,`busy`,void 0),En=d([r(`courier-access-record`)],En);function Dn(e,t,n){let r=URL.createObjectURL(new Blob(n,{type:t})),i=document.createElement(`a`);i.href=r,i.download=e,i.click(),URL.revokeObjectURL(r)}var On={admitted:`check`,refused:`remove`,unknown:`unknown`};function kn(e,{decision:t,reason:n,outcome:r,door:i}){return[i,{refused:e.say(`notification_reason_${n}`),observed:e.say(`csv_observed`),admitted:r===null||r===`opened`?``:e.say(`csv_${r}`)}[t]].filter(Boolean).join(` · `)}function An(t,n,r){let i=Be(n);return e`
    <button class="visit" @click=${r}>
      <span class="result ${i}">${D(On[i])}</span>
      <span class="grow">
        <span class="first">
          <span class="quiet">${t.say(`csv_${n.decision}`)}</span>
          <strong>${n.courier}</strong>
          <time class="soft" datetime=${n.at}>${t.time(n.at)}</time>
        </span>
        <span class="soft beneath">
          ${n.units?.length?e`<span class="yours">${t.say(`panel_yours`)}</span>`:o}
          ${kn(t,n)}
          ${n.picture?e`${D(`picture`)}<span class="quiet">${t.say(`panel_picture`)}</span>`:o}
        </span>
      </span>
    </button>
  `}var jn=a`
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
`,q=class extends y{constructor(...e){super(...e),this.code=``,this.busy=!1,this.failure=``}static{this.styles=[y.styles,a`
      img {
        display: block;
        width: 100%;
        max-height: 60vh;
        /* Until it is loaded, room as most cameras need it. */
        aspect-ratio: auto 16 / 9;
        object-fit: contain;
        border-radius: 8px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.read()}async read(){try{this.code=await this.access.code(this.building.building,this.entry.record)}catch{}}willUpdate(e){if(!e.has(`entry`))return;let{picture:t}=this.entry;e.get(`entry`)?.picture!==t&&this.find(t),this.readsNotifications&&this.readNotifications()}get readsNotifications(){return this.building.is_owner&&this.entry.decision!==`refused`}async readNotifications(){let{entry:e}=this;this.failure=``;try{let t=await this.access.notifications(this.building.building,[e.entry_id]);e===this.entry&&(this.notified=t[e.entry_id]??[])}catch(t){e===this.entry&&(this.failure=this.words.refusal(t))}}async find(e){if(this.picture=void 0,e)try{let t=await this.access.picture(e);this.entry.picture===e&&(this.picture=t)}catch{}}render(){let e=()=>void this.dispatchEvent(new CustomEvent(`ca-close`)),t={main:C(this.say(`verify`),()=>void this.verify(),{disabled:this.busy||!this.code}),other:C(this.say(`close`),e,{kind:`text`})};return w(this.entry.courier,this.details(),t,e)}details(){let{entry:t,words:n}=this;return e`
      <p>
        ${n.say(`notification_${Ke(t)}`,{courier:t.courier,door:t.door,time:n.moment(t.at)})}
        ${t.units?.map(e=>n.say(`notification_unit`,{unit:e})).join(` `)}
      </p>
      ${this.picture?e`<img src=${this.picture} alt=${this.say(`picture`)} @error=${()=>this.picture=void 0} />`:o}
      ${t.decision===`refused`?e`<p>${n.say(`notification_reason_${t.reason}`)}</p>`:o}
      ${t.proof===null||t.proof===`signed`?o:e`<p>${n.say(`page_proof`,{proof:n.say(`csv_${t.proof}`)})}</p>`}
      ${t.parcel_ref?e`<p>${n.say(`notification_parcel`,{parcel:t.parcel_ref})}</p>`:o}
      ${t.driver_ref?e`<p>${n.say(`csv_driver`)}: ${t.driver_ref}</p>`:o}
      ${t.details_erased?e`<p class="soft">${n.say(`page_erased`)}</p>`:o}
      ${t.repeats>0?e`<p>${n.say(`page_repeats`,{count:t.repeats})}</p>`:o}
      ${t.completed_at?e`<p>${this.say(`completed`,{time:n.moment(t.completed_at)})}</p>`:o}
      ${this.readsNotifications?this.notifications():o}
      <p class="soft receipt">
        ${this.say(`receipt`,{record:t.record})}${this.code?` · ${this.code.replace(/.{4}(?=.)/g,`$& `)}`:o}
      </p>
      ${this.found?this.verdict(this.found):o}
    `}notifications(){return this.failure?h(`error`,this.failure,C(this.words.say(`page_door_look`),()=>void this.readNotifications())):this.notified?this.notified.map(({resident:t,state:n})=>e`<p class="soft">${t??`–`}: ${this.say(`notification_${n}`)}</p>`):T(this.say(`loading`))}verdict({intact:t,broken_at:n,notifications:r=[]}){return e`
      ${t?o:h(`error`,this.words.say(`page_checked_broken`,{record:n??0}))}
      ${r.map(({record:e,standing:t})=>h(t===`unchanged`?`success`:`error`,this.words.say(`page_standing_${t}`,{record:e})))}
    `}async verify(){this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,`${this.entry.record} · ${this.code}`)}),this.busy=!1}};d([c({attribute:!1})],q.prototype,`entry`,void 0),d([p()],q.prototype,`code`,void 0),d([p()],q.prototype,`found`,void 0),d([p()],q.prototype,`busy`,void 0),d([p()],q.prototype,`picture`,void 0),d([p()],q.prototype,`notified`,void 0),d([p()],q.prototype,`failure`,void 0),q=d([r(`courier-access-visit`)],q);var Mn=50,Nn=[`admitted`,`refused`,`observed`],J=class extends y{constructor(...e){super(...e),this.news=0,this.failure=``,this.next=null,this.courier=``,this.decision=``,this.begun=0,this.renewals=0}static{this.styles=[y.styles,jn,a`
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
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building?(this.opened=void 0,this.filter({courier:``})):this.courier&&this.building.couriers.every(({courier:e})=>e!==this.courier)?this.filter({courier:``}):e.has(`news`)&&this.renew()}render(){return e`
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
    `}details(){let{opened:t}=this;if(!t)return o;let n=this.pages?.flat().find(({record:e})=>e===t.record)??t;return e`<courier-access-visit
      .words=${this.words} .access=${this.access} .building=${this.building} .entry=${n}
      @ca-close=${()=>this.close(t)}
    ></courier-access-visit>`}close({record:e}){this.opened=void 0,this.renderRoot.querySelector(`[data-record="${e}"] button`)?.focus()}filters(){let{couriers:t}=this.building,n={value:``,label:this.say(`all`)},r=Nn.map(e=>({value:e,label:Le(this.words.say(`csv_${e}`),this.words.language)})),i=t.map(({courier:e,name:t})=>({value:e,label:t}));return e`
      ${Se(this.words.say(`csv_decision`),this.decision,[n,...r],e=>this.filter({decision:e}))}
      ${t.length>1?Se(this.words.say(`csv_courier`),this.courier,[n,...i],e=>this.filter({courier:e})):o}
    `}list(){let{pages:t}=this;if(t===void 0)return this.failure?h(`error`,this.failure,C(this.words.say(`page_door_look`),()=>this.begin())):T(this.say(`loading`));if(t.length===0)return _(`parcel`,this.words.say(`page_came_none`));let{day:n}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return e`
      ${Ne(t,(e,t)=>t===0?`newest`:e.at(-1)?.record,(r,i)=>{let a=t[i-1]?.at(-1);return e`
            <div class="page" aria-live=${i===0?`polite`:`off`} aria-relevant="additions">
              ${yn([r,a,n,this.words],()=>this.page(r,a&&this.dayOf(a),n))}
            </div>
          `})}
      ${this.next===null?o:e`<p id="more">${C(this.say(`more`),()=>void this.more())}</p>`}
    `}page(t,n,r){return nt(t,e=>this.dayOf(e)).map(([t,i])=>e`
        ${t===n?o:e`<h3>${Xe(this.words,t,r)}</h3>`}
        <ul>
          ${Ne(i,e=>e.record,t=>e`<li data-record=${t.record}>${An(this.words,t,()=>this.opened=t)}</li>`)}
        </ul>
      `)}dayOf({at:e}){return this.words.wall(e).day}filter(e){this.courier=e.courier??this.courier,this.decision=e.decision??this.decision,this.begin()}begin(){this.begun++,this.failure=``,this.pages=void 0,this.next=null,this.renew()}async renew(){let e=++this.renewals;await this.take(void 0,({entries:t,next:n})=>{e===this.renewals&&(this.pages=Ve(this.pages??[],t,n!==null),this.pages.length<=1&&(this.next=n))})}async more(){let e=this.next;e!==null&&await this.take(e,({entries:t,next:n})=>{e===this.next&&(this.pages=ze(this.pages??[],e,t),this.next=n)})}async take(e,t){let{begun:n}=this;try{let r=await this.access.entries(this.building.building,this.wanted(e));n===this.begun&&t(r)}catch(e){if(n!==this.begun)return;let t=this.words.refusal(e);this.pages===void 0?this.failure=t:this.tell({text:t})}}wanted(e){return{limit:Mn,...e!==void 0&&{before:e},...this.courier&&{courier:this.courier},...this.decision&&{decision:this.decision}}}};d([c({type:Number})],J.prototype,`news`,void 0),d([p()],J.prototype,`pages`,void 0),d([p()],J.prototype,`failure`,void 0),d([p()],J.prototype,`next`,void 0),d([p()],J.prototype,`courier`,void 0),d([p()],J.prototype,`decision`,void 0),d([p()],J.prototype,`opened`,void 0),J=d([r(`courier-access-entries`)],J);var Pn=class extends y{constructor(...e){super(...e),this.code=``}static{this.styles=[y.styles,a`
      .code {
        font-size: 1.6rem;
        font-weight: 500;
        letter-spacing: 0.12em;
      }
    `]}willUpdate(e){let t=e.get(`resident`);t&&t.resident!==this.resident.resident&&(this.code=``)}render(){let t=this.resident.has_address_code;return I(this.say(`address_code`),t?this.say(`address_code_set`):this.say(`address_code_not_set`),e`
        <p class="soft">${this.say(`address_code_says`)}</p>
        ${this.code?e`<div role="status">
              <p class="code">${this.code}</p>
              <p>${this.say(`address_code_new`)}</p>
            </div>`:e`<p>${t?this.say(`address_code_has`):this.say(`address_code_none`)}</p>`}
        ${C(this.say(`renew`),()=>void this.renew())}
      `)}async renew(){await this.act(async()=>{let e=await this.access.renewAddressCode(this.building.building,this.resident.resident);this.code=e.address_code})}};d([c({attribute:!1})],Pn.prototype,`resident`,void 0),d([p()],Pn.prototype,`code`,void 0),Pn=d([r(`courier-access-address-code`)],Pn);var Fn=[`allow`,`ask`,`deny`],Y=class extends n{constructor(...e){super(...e),this.couriers=[]}static{this.styles=[O,a`
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
    `]}render(){return e`
      <p class="soft">${this.say(`couriers_says`)}</p>
      <ul>
        ${this.rows.map(e=>this.row(e))}
      </ul>
      ${this.rules.removed_couriers.length?this.removed():o}
      ${this.chosen?this.proofs(this.chosen):o}
    `}removed(){let t=this.say(`lift`);return e`
      <h3>${this.say(`removed_couriers`)}</h3>
      <p class="soft">${this.say(`removed_couriers_says`)}</p>
      <ul>
        ${this.rules.removed_couriers.map(({courier:n,name:r})=>e`
            <li class="row">
              <span class="grow">${r}</span>
              ${C(t,()=>this.emit({couriers:E(this.rules.couriers,n,`allow`)}),{kind:`text`,name:`${r}: ${t}`})}
            </li>
          `)}
      </ul>
    `}say(e){return this.words.say(`panel_${e}`)}get rows(){let{rules:e}=this;return[{name:this.say(`by_default`),attitude:e.default,proof:e.default_proof},...this.couriers.map(({courier:t,name:n})=>({name:n,courier:t,attitude:e.couriers[t]??e.default,proof:e.proofs[t]??e.default_proof,isOwn:t in e.couriers||t in e.proofs}))]}row(t){let n=this.say(`as_default`);return e`
      <li>
        <div class="row name">
          <h3 class="grow">${t.name}</h3>
          ${t.isOwn?C(n,()=>this.reset(t),{kind:`text`,name:`${t.name}: ${n}`}):o}
        </div>
        ${Me(t.name,t.attitude,Fn.map(e=>({value:e,label:this.say(`attitude_${e}`)})),e=>this.decide(t,e))}
        ${t.attitude===`allow`?e`<button class="proof" aria-haspopup="dialog" @click=${()=>this.chosen=t}>
              <span class="grow"
                ><span class="quiet">${t.name}: </span>${this.say(`proof`)}: ${this.say(`proof_${t.proof}`)}</span
              >${D(`after`)}
            </button>`:o}
      </li>
    `}proofs(t){let n=()=>this.chosen=void 0;return w(t.name,e`<div class="choices" role="radiogroup" aria-label=${this.say(`proof`)}>
        <p class="soft">${this.say(`proof`)}</p>
        ${s.map(n=>e`<label
            ><input type="radio" name="proof" .checked=${n===t.proof} @change=${()=>this.prove(t,n)} />
            <span>${this.say(`proof_${n}`)}</span></label
          >`)}
      </div>`,{main:C(this.say(`close`),n,{kind:`text`})},n)}decide({courier:e},t){this.emit(e===void 0?{default:t}:{couriers:E(this.rules.couriers,e,t)})}prove({courier:e},t){this.chosen=void 0,this.emit(e===void 0?{default_proof:t}:{proofs:E(this.rules.proofs,e,t)})}reset({courier:e=``}){let{couriers:t,proofs:n}=this.rules;this.emit({...e in t&&{couriers:E(t,e,void 0)},...e in n&&{proofs:E(n,e,void 0)}})}emit(e){this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:e,bubbles:!0,composed:!0}))}};d([c({attribute:!1})],Y.prototype,`words`,void 0),d([c({attribute:!1})],Y.prototype,`couriers`,void 0),d([c({attribute:!1})],Y.prototype,`rules`,void 0),d([p()],Y.prototype,`chosen`,void 0),Y=d([r(`courier-access-attitudes`)],Y);var In={first:``,last:``,from:``,to:``},X=class extends n{constructor(...e){super(...e),this.exceptions=[],this.today=``,this.month=``,this.tapped=`single`,this.first=``}static{this.styles=[O,a`
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
    `]}render(){return e`
      ${Me(this.say(`days_off`),this.tapped,[{value:`single`,label:this.say(`days_single`)},{value:`range`,label:this.say(`days_range`)}],e=>{this.tapped=e,this.first=``})}
      <p class="soft" aria-live="polite">${this.hint}</p>
      ${this.calendar(this.month||this.today.slice(0,7))} ${this.others()}
      ${C(this.say(`other_hours`),()=>this.entered=In,{icon:`add`})}
      ${this.entered?this.otherHours(this.entered):o}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}get hint(){return this.tapped===`single`?this.say(`days_off_says`):this.first?this.say(`days_last_tap`):this.say(`days_first_tap`)}calendar(t){let n=this.words.date(`${t}-01`,{month:`long`,year:`numeric`}),r=[`01`,`02`,`03`,`04`,`05`,`06`,`07`].map(e=>`2024-01-${e}`),i=t<=this.today.slice(0,7);return e`
      <div class="row month">
        ${v(`before`,this.say(`month_before`),()=>this.month=De(t,-1),i)}
        <span class="grow" aria-live="polite">${n}</span>
        ${v(`after`,this.say(`month_after`),()=>this.month=De(t,1))}
      </div>
      <table aria-label=${n}>
        <thead>
          <tr>
            ${r.map(t=>e`<th scope="col" abbr=${this.words.date(t,{weekday:`long`})}>
                  ${this.words.date(t,{weekday:`narrow`})}
                </th>`)}
          </tr>
        </thead>
        <tbody>
          ${We(t,1).map(t=>e`<tr>${t.map(t=>e`<td>${this.cell(t)}</td>`)}</tr>`)}
        </tbody>
      </table>
    `}cell(t){if(!t)return o;let n=xe(this.exceptions,t),r=n!==void 0&&be(n),i=this.words.date(t,{weekday:`long`,day:`numeric`,month:`long`}),a=[n&&!r&&`other`,t===this.today&&`today`,t===this.first&&`first`];return e`
      <button
        data-date=${t}
        class=${a.filter(Boolean).join(` `)}
        aria-pressed=${r}
        aria-label=${r?this.say(`day_off`,{date:i}):i}
        aria-current=${t===this.today?`date`:o}
        ?disabled=${t<this.today}
        @click=${()=>this.tap(t)}
      >
        ${Number(t.slice(8))}
      </button>
    `}tap(e){let{first:t}=this;this.tapped===`single`?this.emit(ve(this.exceptions,e)):t?(this.first=``,this.emit(Ge(this.exceptions,t,e))):this.first=e}others(){let t=this.exceptions.filter(e=>(e.to??e.from)>=this.today);return t.length?e`<ul>
          ${t.map(e=>this.line(e))}
        </ul>`:o}line(t){let n=Qe(this.words,t),r=Pe(this.words,t);return e`
      <li class="row">
        <span class="grow">${this.words.say(`page_hours_line`,{days:n,hours:r})}</span>
        ${v(`remove`,this.say(`remove_named`,{name:n}),()=>this.emit(this.exceptions.filter(e=>e!==t)))}
      </li>
    `}otherHours(t){let n=e=>this.entered={...t,...e},{first:r,last:i,from:a,to:o}=t,s=i&&i<r||a&&o&&Ln(o)<=a,c=r&&!!a==!!o&&!s;return w(this.say(`other_hours`),e`
        <div class="fields">
          ${S(this.home,this.say(`first_day`),r,e=>n({first:e}),{min:this.today})}
          ${S(this.home,this.say(`last_day`),i,e=>n({last:e}),{min:r||this.today})}
          <div class="row">
            ${m(this.home,this.say(`from`),a,e=>n({from:e}))}
            ${m(this.home,this.say(`to`),o,e=>n({to:e}))}
          </div>
        </div>
        ${s?h(`error`,this.say(`ends_early`)):e`<p class="soft">${this.say(`other_hours_says`)}</p>`}
      `,{main:C(this.say(`save`),()=>this.add(t),{kind:`main`,disabled:!c}),other:C(this.say(`cancel`),()=>this.entered=void 0,{kind:`text`})},()=>this.entered=void 0)}add({first:e,last:t,from:n,to:r}){let i=n&&r?[{from:n,to:Ln(r)}]:[];this.entered=void 0,this.emit(Te(this.exceptions,{from:e,to:t||e,...i.length&&{windows:i}}))}emit(e){let t=e.filter(e=>(e.to??e.from)<this.today),n=e.filter(e=>!t.includes(e));this.dispatchEvent(new CustomEvent(`ca-exceptions`,{detail:n,bubbles:!0,composed:!0}))}};d([c({attribute:!1})],X.prototype,`home`,void 0),d([c({attribute:!1})],X.prototype,`words`,void 0),d([c({attribute:!1})],X.prototype,`exceptions`,void 0),d([c()],X.prototype,`today`,void 0),d([p()],X.prototype,`month`,void 0),d([p()],X.prototype,`tapped`,void 0),d([p()],X.prototype,`first`,void 0),d([p()],X.prototype,`entered`,void 0),X=d([r(`courier-access-days-off`)],X);function Ln(e){return e===`00:00`?`24:00`:e}var Rn=[`binary_sensor`,`calendar`,`device_tracker`,`group`,`input_boolean`,`person`,`schedule`,`switch`],Z=class extends n{constructor(...e){super(...e),this.entities=[],this.name=``,this.heading=``}static{this.styles=[O,a`
      :host {
        margin-block-start: 16px;
      }
    `]}render(){return e`
      ${we(this.home,this.heading,Rn,[...this.entities,...this.ours],e=>this.emit([...this.entities,e]))}
      <ul>
        ${this.entities.map(t=>e`
            <li class="row">
              <span class="grow">${this.nameOf(t)}</span>
              ${v(`remove`,this.words.say(`panel_remove_named`,{name:this.nameOf(t)}),()=>this.emit(this.entities.filter(e=>e!==t)))}
            </li>
          `)}
      </ul>
    `}get ours(){return Object.entries(this.home.entities??{}).flatMap(([e,t])=>t?.platform===`courier_access`?e:[])}nameOf(e){return this.home.states[e]?.attributes.friendly_name??e}emit(e){let t={[this.name]:e};this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:t,bubbles:!0,composed:!0}))}};d([c({attribute:!1})],Z.prototype,`home`,void 0),d([c({attribute:!1})],Z.prototype,`words`,void 0),d([c({attribute:!1})],Z.prototype,`entities`,void 0),d([c()],Z.prototype,`name`,void 0),d([c()],Z.prototype,`heading`,void 0),Z=d([r(`courier-access-linked`)],Z);var Q=class extends y{constructor(...e){super(...e),this.chosen=``,this.sending=0}willUpdate(e){let t=this.resident;if(!t)return;let n=e.get(`building`);!this.draft||this.draft.resident!==t.resident?(this.rules=void 0,this.draft=new Ie(this.access,this.building.building,t.resident,e=>this.rules=e,e=>this.tell({text:this.words.refusal(e)})),this.draft.load()):n&&this.draft.load()}render(){let{resident:t,rules:n}=this;return t?n?e`
      ${x(this.building).length>1?this.choice():o}
      <div
        aria-busy=${this.sending>0}
        @ca-rules=${e=>this.change(e.detail)}
        @ca-consent=${e=>this.change({consent:e.detail})}
        @ca-week=${e=>this.change({windows:ge(e.detail)})}
        @ca-exceptions=${e=>this.change({exceptions:e.detail})}
      >
        ${n.consent===`given`?o:e`<section>
              <h2>${this.words.say(`page_consent`)}</h2>
              ${this.consent(n)}
            </section>`}
        ${this.week(re(ie(n.windows)))}
        ${I(this.say(`days_off`),He(this.words,n.exceptions,this.today),e`<courier-access-days-off
            .home=${this.home}
            .words=${this.words}
            .exceptions=${n.exceptions}
            today=${this.today}
          ></courier-access-days-off>`)}
        ${this.couriers(n)}
        ${t.waits_for_confirmation||n.consent!==`given`?o:e`<courier-access-address-code
              .words=${this.words}
              .access=${this.access}
              .building=${this.building}
              .resident=${t}
            ></courier-access-address-code>`}
        ${this.conditions(n)} ${this.sharing(n)}
        ${n.consent===`given`?I(this.words.say(`page_consent`),e`<span data-consent="given">${this.words.say(`page_consent_given`)}</span>`,this.consent(n)):o}
      </div>
    `:e`<section>${T(this.say(`loading`))}</section>`:e`<section>${_(`locked`,this.say(`no_residence`))}</section>`}week(t){let n=ae(t);return I(this.words.say(`page_hours_heading`),ut(this.words,t),e`
        ${tt(this.words,ee,n,e=>void this.change({windows:ge(oe[e])}))}
        <courier-access-week .home=${this.home} .words=${this.words} .spans=${t}></courier-access-week>
        ${t.length?o:e`<p>${this.words.say(`page_hours_none`)}</p>`}
      `,!0)}get resident(){return x(this.building).find(({resident:e})=>e===this.chosen)??x(this.building)[0]}get today(){return new Intl.DateTimeFormat(`en-CA`,{timeZone:this.words.zone}).format(/* @__PURE__ */ new Date)}choice(){return e`
      <section>
        ${b(this.say(`which_unit`),this.resident?.resident,x(this.building).map(({resident:e,unit:t})=>({value:e,label:t})),e=>this.chosen=e)}
      </section>
    `}consent(t){return e`<courier-access-consent .words=${this.words} consent=${t.consent}></courier-access-consent>`}couriers(t){return I(this.say(`couriers`),qe(this.words,this.building.couriers,t),e`<courier-access-attitudes
        .words=${this.words}
        .couriers=${this.building.couriers}
        .rules=${t}
      ></courier-access-attitudes>`)}conditions(t){let n=[...t.only_while,...t.never_while].map(e=>this.home.states[e]?.attributes.friendly_name??e);return I(this.say(`conditions`),n.join(`, `)||this.say(`conditions_none`),e`
        <p class="soft">${this.say(`conditions_says`)}</p>
        ${[`only_while`,`never_while`].map(n=>e`
            <courier-access-linked
              .home=${this.home}
              .words=${this.words}
              .entities=${t[n]}
              name=${n}
              heading=${this.say(n)}
            ></courier-access-linked>
          `)}
      `)}sharing(t){return I(this.say(`sharing`),et(this.words,t),e`
        <div class="fields">
          ${Re(this.say(`share_hours`),t.share_hours,e=>void this.change({share_hours:e}))}
          ${m(this.home,this.say(`digest`),t.digest_at??``,e=>void this.change({digest_at:e||null}))}
        </div>
        <p class="soft">${this.say(`digest_says`)}</p>
      `)}async change(e){let{draft:t}=this;if(!t)return;this.sending++;let n=await t.change(e);this.sending--,n&&this.tell(Ye(this.words,e,()=>void this.undo(t)))}async undo(e){this.sending++,await e.undo(),this.sending--}};d([p()],Q.prototype,`chosen`,void 0),d([p()],Q.prototype,`rules`,void 0),d([p()],Q.prototype,`sending`,void 0),Q=d([r(`courier-access-hours`)],Q);var zn=[`now`,`hours`,`entries`,`deliveries`],Bn=`building`,Vn=[`location-changed`,`popstate`],$=class extends n{constructor(...e){super(...e),this.narrow=!1,this.chosen=``,this.following=new pe(this),this.locate=()=>{this.chosen=new URLSearchParams(location.search).get(`building`)??this.chosen}}static{this.styles=[O,a`
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
    `]}get hass(){return this.following.home}set hass(e){this.following.home=e}connectedCallback(){super.connectedCallback();for(let e of Vn)window.addEventListener(e,this.locate)}disconnectedCallback(){super.disconnectedCallback();for(let e of Vn)window.removeEventListener(e,this.locate);clearTimeout(this.fading)}willUpdate(e){e.has(`route`)&&this.locate()}choose(e){this.chosen=e,history.replaceState(history.state,``,`${location.pathname}?building=${e}`)}render(){let{words:t}=this.following;if(!t)return e``;let n=this.current;return e`
      <header>
        ${je(this.hass,this.narrow,t.say(`panel_menu`),()=>this.toggleMenu())}
        <h1 class="grow">${n?.name??t.say(`panel_sidebar`)}</h1>
        ${this.choice(t)}
      </header>
      ${n?this.views(t.in(n.time_zone),n):e`<main>${this.nothing(t)}</main>`}
      <div role="status" aria-live="polite">${this.toast(t)}</div>
    `}get current(){let{all:e}=this.following;return e.find(({building:e})=>e===this.chosen)??e[0]}viewsOf(e){return Hn(e)?e.is_owner?x(e).length?[...zn,Bn]:[Bn,...zn.filter(e=>e!==`hours`)]:zn:[Bn]}viewOf(e){let t=this.route?.path.replace(/^\//,``),n=this.viewsOf(e);return n.find(e=>e===t)??n[0]??`now`}nothing(e){if(this.following.failure)return h(`error`,this.following.failure);let t=e.say(this.following.absence);return this.following.buildings?_(`locked`,t):T(t)}choice(e){let{all:t}=this.following;return t.length<2?o:b(e.say(`panel_which_building`),this.current?.building,t.map(({building:e,name:t})=>({value:e,label:t})),e=>this.choose(e))}views(t,n){let r=this.viewOf(n);return e`
      <nav aria-label=${t.say(`panel_sidebar`)}>
        ${this.viewsOf(n).map(n=>e`
            <a
              href="/courier-access/${n}"
              aria-current=${n===r?`page`:o}
              @click=${e=>this.go(e,n)}
              >${t.say(`panel_view_${n}`)}</a
            >
          `)}
      </nav>
      <main @ca-told=${e=>this.tell(e.detail)}>
        ${this.following.failure?h(`error`,this.following.failure):o}
        ${Hn(n)&&!this.following.isReady(n)?h(`warning`,t.say(`panel_not_ready`)):o}
        ${Hn(n)&&r!==Bn?this.shown(t,n,r):e`<courier-access-building
              .home=${this.hass} .words=${t} .access=${this.following.access} .building=${n}
              .news=${this.following.ownersNews} .whole=${Hn(n)}
            ></courier-access-building>`}
      </main>
    `}shown(t,n,r){let{home:i,access:a,news:o}=this.following;switch(r){case`now`:return e`<courier-access-now
          .home=${i} .words=${t} .access=${a} .building=${n} .news=${o}
        ></courier-access-now>`;case`hours`:return e`<courier-access-hours
          .home=${i} .words=${t} .access=${a} .building=${n}
        ></courier-access-hours>
          <courier-access-may-enter
            .home=${i} .words=${t} .access=${a} .building=${n}
            .couriers=${n.couriers.map(({courier:e,name:t})=>[e,t])}
            .doors=${n.doors.map(({door:e,name:t})=>[e,t])}
            .units=${Un(n)}
          ></courier-access-may-enter>`;case`entries`:return e`<courier-access-entries
          .home=${i} .words=${t} .access=${a} .building=${n} .news=${o}
        ></courier-access-entries>`;case`deliveries`:return e`<courier-access-deliveries
          .home=${i} .words=${t} .access=${a} .building=${n}
        ></courier-access-deliveries>`}}go(e,t){e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),history.pushState(null,``,`/courier-access/${t}`),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}})))}toggleMenu(){this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}tell(e){clearTimeout(this.fading),this.told=e,this.fading=setTimeout(()=>this.told=void 0,1e4)}toast(t){let{told:n}=this;return n?e`
      <div class="told">
        <span class="grow">${n.text}</span>
        ${n.undo?e`<button
              @click=${()=>{this.told=void 0,n.undo?.()}}
            >
              ${t.say(`panel_undo`)}
            </button>`:o}
      </div>
    `:o}};d([c({type:Boolean,reflect:!0})],$.prototype,`narrow`,void 0),d([c({attribute:!1})],$.prototype,`route`,void 0),d([p()],$.prototype,`chosen`,void 0),d([p()],$.prototype,`told`,void 0),$=d([r(`courier-access-panel`)],$);function Hn(e){return`doors`in e}function Un(e){return[...new Set(x(e).flatMap(e=>e.waits_for_confirmation?[]:e.unit))]}export{$ as Panel};