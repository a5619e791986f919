import{a as e,c as t,f as n,i as r,l as i,n as a,o,r as s,s as c,t as ee}from"./following-38a74876.js";import{C as l,D as u,E as d,O as te,S as f,T as p,_ as m,a as ne,b as h,c as g,d as _,f as re,g as ie,h as v,i as ae,l as y,m as b,n as x,o as oe,p as S,r as C,s as w,t as se,u as T,v as E,w as D,x as ce,y as O}from"./now-bbdf385f.js";var k=`important`,le=` !`+k,A=d(class extends u{constructor(e){if(super(e),e.type!==te.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[n]){let{style:r}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(n)),this.render(n);for(let e of this.ft)n[e]??(this.ft.delete(e),e.includes(`-`)?r.removeProperty(e):r[e]=null);for(let e in n){let t=n[e];if(t!=null){this.ft.add(e);let n=typeof t==`string`&&t.endsWith(le);e.includes(`-`)||n?r.setProperty(e,n?t.slice(0,-11):t,n?k:``):r[e]=t}}return t}}),j=10,ue=5,de=60,M=class extends o{constructor(...e){super(...e),this.spans=[]}static{this.styles=[l,n`
      .day,
      .scale {
        display: grid;
        grid-template-columns: 2.8em 1fr 40px;
        gap: 6px;
        align-items: center;
      }
      .day {
        margin-block: 4px;
      }
      .name {
        font-size: 0.9rem;
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
        background: var(--primary-color, #009ac7);
        border-inline: 4px solid color-mix(in srgb, var(--primary-color, #009ac7), #000 35%);
        touch-action: none;
        cursor: grab;
      }
      .window[aria-pressed="true"] {
        outline: 3px solid var(--primary-text-color, #141414);
        outline-offset: -3px;
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
      .editor {
        border-block-start: 1px solid var(--divider-color, #d0d0d0);
        margin-block-start: 8px;
        padding-block-start: 8px;
      }
    `]}render(){let e=this.shown??this.spans;return i`
      <p class="soft" id="how">${this.say(`week_how`)}</p>
      <div class="scale" aria-hidden="true">
        <div class="hours">
          ${[0,6,12,18,24].map(e=>i`<span style=${A({"inset-inline-start":`${e/24*100}%`})}>${e}</span>`)}
        </div>
      </div>
      ${p.map((t,n)=>this.day(t,n,e))} ${this.editor()}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}day(e,t,n){let r=this.words.say(`page_${e}`);return i`
      <div class="day" role="group" aria-label=${r}>
        <span class="name" title=${r}>${this.words.date(`2024-01-0${t+1}`,{weekday:`short`})}</span>
        <div
          class="track"
          data-day=${t}
          @pointerdown=${e=>this.begin(e,t)}
          @pointermove=${e=>this.follow(e)}
          @pointerup=${e=>this.end(e)}
          @pointercancel=${()=>this.leave()}
        >
          ${n.filter(e=>e.day===t).map(e=>this.window(e,r))}
        </div>
        <button class="more" aria-label=${this.say(`week_add`,{day:r})} @click=${()=>this.add(t)}>
          +
        </button>
      </div>
    `}window(e,t){let n=this.chosen?.day===e.day&&this.chosen.from===e.from;return i`
      <button
        class="window"
        data-from=${_(e.from)}
        data-to=${_(e.to)}
        aria-pressed=${n}
        aria-describedby="how"
        aria-label=${this.say(`week_window`,{day:t,from:_(e.from),to:_(e.to)})}
        style=${A({"inset-inline-start":`${e.from/T*100}%`,width:`${(e.to-e.from)/T*100}%`})}
        @click=${()=>this.chosen=e}
        @keydown=${t=>this.key(t,e)}
      ></button>
    `}get current(){let{chosen:e}=this;return e&&b(this.spans,e.day,e.from)}editor(){let e=this.current;if(!e)return i``;let t=this.words.say(`page_${p[e.day]??`monday`}`);return i`
      <div class="editor" role="group" aria-label=${this.say(`week_edit`)}>
        <h3>${t}</h3>
        <div class="row">
          <label
            >${this.say(`from`)}
            <input
              type="time"
              step="900"
              .value=${_(e.from)}
              @change=${t=>this.retime(e,`from`,t)}
          /></label>
          <label
            >${this.say(`to`)}
            <input
              type="time"
              step="900"
              .value=${_(e.to%T)}
              @change=${t=>this.retime(e,`to`,t)}
          /></label>
          <button class="stop" @click=${()=>this.change(e,void 0)}>${this.say(`delete`)}</button>
          <label
            >${this.say(`copy`)}
            <select @change=${t=>this.copy(e.day,t)}>
              <option value="">–</option>
              <option value="all">${this.words.say(`page_every_day`)}</option>
              <option value="workdays">${this.say(`workdays`)}</option>
              ${p.map((t,n)=>n===e.day?c:i`<option value=${n}>${this.words.say(`page_${t}`)}</option>`)}
            </select>
          </label>
        </div>
      </div>
    `}add(e){let t=ce(this.spans,e);t&&this.change(void 0,t),this.focusOn(e)}retime(e,t,n){let r=n.target.value;if(!r)return;let i=ie(r);this.change(e,h(e,t,t===`to`&&i===0?T:i))}copy(e,t){let n=t.target,r={all:[0,1,2,3,4,5,6],workdays:[0,1,2,3,4]}[n.value],i=re(this.spans,e,r??[Number(n.value)]);n.value=``,this.emit(i)}key(e,t){let n=getComputedStyle(this).direction===`rtl`?`ArrowLeft`:`ArrowRight`,r=n===`ArrowLeft`?`ArrowRight`:`ArrowLeft`,i={[n]:15,[r]:-15}[e.key],a=t;if(i!==void 0)a=e.shiftKey?h(t,`to`,t.to+i):m(t,t.day,t.from+i);else if(e.key===`ArrowDown`||e.key===`ArrowUp`)a=m(t,t.day+(e.key===`ArrowDown`?1:-1),t.from);else if(e.key===`Delete`||e.key===`Backspace`)a=void 0;else return;e.preventDefault(),this.change(t,a),this.focusOn(a?.day??t.day)}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelectorAll(`.day`)[e]?.querySelector(`.window[aria-pressed="true"], .more`)?.focus()})}begin(e,t){if(e.button!==0||this.drag)return;let n=e.target,r=e.currentTarget,i=this.minuteOf(e,r),a=n.classList.contains(`window`)?b(this.spans,t,this.inside(i)):void 0;this.drag={grip:a?this.grip(e,n):`draw`,pointer:e.pointerId,began:{x:e.clientX,at:i},span:a,row:t,moves:!1},r.setPointerCapture(e.pointerId)}follow(e){let{drag:t}=this;t?.pointer===e.pointerId&&(t.moves||=Math.abs(e.clientX-t.began.x)>ue||this.rowOf(e)!==t.row,t.moves&&(this.shown=O(this.spans,t.span,this.dragged(t,e))))}end(e){let{drag:t}=this;t?.pointer===e.pointerId&&(this.leave(),t.moves?this.change(t.span,this.dragged(t,e)):t.span?this.chosen=t.span:this.change(void 0,S(t.row,t.began.at,t.began.at+de)))}leave(){this.drag=void 0,this.shown=void 0}dragged(e,t){let n=this.minuteOf(t,t.currentTarget),{span:r}=e;return r?e.grip===`move`?m(r,this.rowOf(t)??e.row,r.from+n-e.began.at):h(r,e.grip===`from`?`from`:`to`,n):S(e.row,e.began.at,n)}grip(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect();if(i<30)return`move`;let[a,o]=this.isRightToLeft?[`to`,`from`]:[`from`,`to`];return e.clientX-n<j?a:r-e.clientX<j?o:`move`}get isRightToLeft(){return getComputedStyle(this).direction===`rtl`}minuteOf(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect(),a=this.isRightToLeft?r-e.clientX:e.clientX-n;return Math.min(T,Math.max(0,a/i*T))}inside(e){return Math.min(T-1,Math.floor(e))}rowOf(e){let t=[...this.renderRoot.querySelectorAll(`.track`)].findIndex(t=>{let{top:n,bottom:r}=t.getBoundingClientRect();return n<=e.clientY&&e.clientY<=r});return t<0?this.drag?.row:t}change(e,t){let n=O(this.spans,e,t),r=t&&b(n,t.day,t.from);this.chosen=r&&{day:r.day,from:r.from},this.emit(n)}emit(e){this.spans=e,this.dispatchEvent(new CustomEvent(`ca-week`,{detail:e,bubbles:!0,composed:!0}))}};a([r({attribute:!1})],M.prototype,`words`,void 0),a([r({attribute:!1})],M.prototype,`spans`,void 0),a([s()],M.prototype,`shown`,void 0),a([s()],M.prototype,`chosen`,void 0),M=a([e(`courier-access-week`)],M);var N={unauthenticated:`signature`,malformed:`form`,unsupported:`form`,too_large:`form`,slow_body:`form`,id_reused:`form`,in_flight:`often`,rate_limited:`often`,door_busy:`door`,door_unavailable:`door`,not_ready:`building`,ledger_unavailable:`building`,clock_untrusted:`building`};function P(e){let t=N[e];return t?`panel_problem_${t}`:`notification_reason_${e}`}function fe({consent:e,on_paper:t}){return t?e===`given`?`given_on_paper`:`refused_on_paper`:e}function pe(e){return!e.has_way||!!e.unreachable_since}function me(e,t){return e.residents.find(({resident:e})=>e===t.subject)}function he({issues:e,record:t}){let n=e=>Number(e.kind===t.kept_out_by);return[...e].sort((e,t)=>n(t)-n(e))}function ge(e,t){let[n,r]=e<1e6?[Math.max(1,Math.round(e/1e3)),`kilobyte`]:[e/1e6,`megabyte`];return new Intl.NumberFormat(t,{style:`unit`,unit:r,maximumFractionDigits:1}).format(n)}function F(e,t){return JSON.stringify(E(e))===JSON.stringify(E(t))}var I=class extends g{constructor(...e){super(...e),this.kept={},this.busy=!1}willUpdate(e){e.has(`kept`)&&this.drawn&&F(this.drawn,this.kept)&&(this.drawn=void 0)}render(){let e=this.drawn??this.kept,t=!F(e,this.kept);return i`
      <section aria-busy=${this.busy}>
        <h2>${this.say(`building_hours`)}</h2>
        <p class="soft">${this.say(`building_hours_says`)}</p>
        ${this.words.readerIsElsewhere?i`<p class="status bad">${this.say(`elsewhere`,{zone:this.words.zone})}</p>`:c}
        <courier-access-week
          .words=${this.words}
          .spans=${v(E(e))}
          @ca-week=${e=>this.drawn=f(e.detail)}
        ></courier-access-week>
        ${Object.keys(e).length?c:i`<p>${this.say(`building_hours_none`)}</p>`}
        <div class="row">
          <button class="main" ?disabled=${!t||this.busy} @click=${()=>this.keep(e)}>
            ${this.say(`save`)}
          </button>
          <button ?disabled=${!t||this.busy} @click=${()=>this.drawn=void 0}>
            ${this.say(`cancel`)}
          </button>
        </div>
      </section>
    `}async keep(e){let t=this.kept;this.busy=!0;let n=await this.act(()=>this.access.setHours(this.building.building,e));this.busy=!1,n&&(this.kept=e,this.drawn=void 0,this.tell({text:this.say(`kept`),undo:()=>void this.keep(t)}))}};a([r({attribute:!1})],I.prototype,`kept`,void 0),a([s()],I.prototype,`drawn`,void 0),a([s()],I.prototype,`busy`,void 0),I=a([e(`courier-access-building-hours`)],I);var L=class extends g{constructor(...e){super(...e),this.busy=!1}render(){return i`
      <section>
        <h2>${this.words.say(`page_check`)}</h2>
        <p>${this.words.say(`page_check_says`)}</p>
        <label for="notification">${this.words.say(`page_check_notification`)}</label>
        <textarea id="notification" rows="2" autocomplete="off"></textarea>
        <button class="main" ?disabled=${this.busy} @click=${()=>this.check()}>
          ${this.words.say(`page_check_button`)}
        </button>
        <div role="status">${this.found?this.answer(this.found):``}</div>
      </section>
    `}answer(e){return i`
      ${this.record(e)}
      ${e.notifications?e.notifications.map(({record:e,standing:t})=>i`
              <p class="status ${t===`unchanged`?`good`:`bad`}">
                ${this.words.say(`page_standing_${t}`,{record:e})}
              </p>
            `):i`<p class="soft">${this.words.say(`page_checked_alone`)}</p>`}
    `}record(e){return e.intact?e.notifications?.some(({standing:e})=>e!==`unchanged`)?c:i`<p class="status good">${this.words.say(`page_checked_intact`,{count:e.records})}</p>`:i`<p class="status bad">
        ${this.words.say(`page_checked_broken`,{record:e.broken_at??0})}
      </p>`}async check(){let e=this.renderRoot.querySelector(`textarea`);this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,e?.value.trim()??``)}),this.busy=!1}};a([s()],L.prototype,`found`,void 0),a([s()],L.prototype,`busy`,void 0),L=a([e(`courier-access-check`)],L);var _e=[`https`,`cloud`],R=class extends g{constructor(...e){super(...e),this.busy=!1}render(){let{courier:e}=this;return i`
      <h3>${e.name}</h3>
      ${e.enabled?c:i`<p>${this.words.say(`notification_reason_courier_disabled`)}</p>`}
      ${e.doors.length?i`<p>${this.say(`courier_doors`,{doors:e.doors.join(`, `)})}</p>`:i`<p>${this.say(`courier_no_doors`)}</p>`}
      ${e.keys.length?this.messages(e):i`<p>${this.say(`key_none`)}</p>`}
    `}messages(e){return i`
      <p class="status ${_e.includes(e.reach)?`good`:`bad`}" data-reach=${e.reach}>
        ${this.say(`reach_${e.reach}`)}
      </p>
      ${e.keys.map(({kind:t,ends_at:n})=>i`
          <p>
            ${this.say(`key_${t}`)} ${n?this.say(`key_ends`,{time:this.words.moment(n)}):c}
            ${!n&&e.uses_newest_key===!1?this.say(`key_unused`):c}
          </p>
        `)}
      <p class="soft">
        ${e.last_contact?this.say(`last_contact`,{time:this.words.moment(e.last_contact)}):this.say(`never_heard`)}
        ${this.refusals()}
      </p>
      <p>
        <button ?disabled=${this.busy} @click=${()=>this.test()}>${this.say(`test`)}</button>
      </p>
      <div role="status">${this.tried?this.answer(this.tried):``}</div>
    `}refusals(){let{refusals:e,last_refusal:t}=this.courier;return t?this.say(`refusals`,{count:e,time:this.words.moment(t.at),why:this.words.say(P(t.why))}):``}answer({found:e,why:t}){let n=e===`good`||e===`answers`;return i`
      <p class="status ${n?`good`:`bad`}" data-found=${e}>
        ${this.say(`found_${e}`)} ${t?this.words.say(P(t)):c}
        ${n&&this.courier.reach===`nothing`?this.say(`found_inside`):c}
      </p>
    `}async test(){this.busy=!0,this.tried=void 0,await this.act(async()=>{this.tried=await this.access.test(this.building.building,this.courier.courier)}),this.busy=!1}};a([r({attribute:!1})],R.prototype,`courier`,void 0),a([s()],R.prototype,`tried`,void 0),a([s()],R.prototype,`busy`,void 0),R=a([e(`courier-access-courier`)],R);var ve=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],ye=1800,z=class extends g{constructor(...e){super(...e),this.news=0,this.whole=!0,this.reading=0}static{this.styles=[g.styles,n`
      .says {
        white-space: pre-line;
      }
      li.resident {
        content-visibility: auto;
        contain-intrinsic-size: auto 70px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.renewing=setInterval(()=>void this.read(),ye*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.renewing)}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.owned=void 0),(e.has(`news`)||e.has(`building`))&&this.read()}async read(){let e=++this.reading;try{let t=await this.access.owned(this.building.building);e===this.reading&&(this.owned=t)}catch(e){this.owned||this.tell({text:this.words.refusal(e)})}}render(){let{owned:e}=this;return e?i`
      ${this.issues(e)} ${this.couriers(e)} ${this.doors(e)} ${this.residents(e)}
      ${this.record(e)}
      <courier-access-building-hours
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .kept=${e.hours}
      ></courier-access-building-hours>
    `:i`<section><p role="status">${this.say(`loading`)}</p></section>`}issues(e){return i`
      <section>
        <h2>${this.say(`needs_you`)}</h2>
        ${e.issues.length?i`<ul>
                ${he(e).map(t=>this.issue(e,t))}
              </ul>
              <p><a href="/config/repairs">${this.say(`open_repairs`)}</a></p>`:i`<p class="status good">${this.say(`needs_nothing`)}</p>`}
      </section>
    `}issue(e,t){let n=me(e,t),r=t.is_fixable?``:this.words.issue(t.kind,`description`,t.placeholders);return i`
      <li data-issue=${t.kind}>
        <div class="status bad">
          <strong>${this.words.issue(t.kind,`title`,t.placeholders)}</strong>
          ${n?i`<p>${this.named(n)}</p>`:c}
          ${r?i`<p class="says">${r}</p>`:c}
        </div>
      </li>
    `}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}couriers(e){return i`
      <section>
        <h2>${this.say(`couriers`)}</h2>
        ${e.couriers.length?i`<ul>
              ${e.couriers.map(e=>i`
                  <li data-courier=${e.courier}>
                    <courier-access-courier
                      .home=${this.home}
                      .words=${this.words}
                      .access=${this.access}
                      .building=${this.building}
                      .courier=${e}
                    ></courier-access-courier>
                  </li>
                `)}
            </ul>`:i`<p>${this.words.say(`page_lobby_couriers_none`)}</p>`}
      </section>
    `}doors(e){return i`
      <section>
        <h2>${this.say(`doors`)}</h2>
        <ul>
          ${e.doors.map(e=>this.door(e))}
        </ul>
      </section>
    `}door(e){let t=ve.includes(e.position)?e.position:`unavailable`,n=e.available&&!e.left_open;return i`
      <li data-door=${e.door}>
        <h3>${e.name}</h3>
        <p class="status ${n?`good`:`bad`}">
          <strong>${this.say(`door_${t}`)}</strong>
          ${e.left_open?i`<br />${this.say(`left_open`)}`:c}
          ${e.available?c:i`<br />${this.unavailable(e)}`}
        </p>
        <p class="soft">
          ${this.opener(e)} ${this.say(`unlock_seconds`,{seconds:e.unlock_seconds})}
          ${this.say(e.contact?`contact_${e.contact}`:`contact_none`)}
        </p>
      </li>
    `}opener({opener:e}){if(e===null)return``;let t=this.home.states[e]?.attributes.friendly_name??e;return this.say(`opener`,{name:t})}unavailable(e){return e.opener_removed?this.say(`opener_removed`):e.unavailable_since?this.say(`opener_away_since`,{time:this.words.moment(e.unavailable_since)}):this.say(`opener_away`)}residents(e){return i`
      <section>
        <h2>${this.say(`residents`)}</h2>
        <p class="soft">${this.say(`residents_says`)}</p>
        <ul>
          ${e.residents.map(e=>this.resident(e))}
        </ul>
        <p><a href=${e.links.residents} download>${this.say(`open_list`)}</a></p>
        <p><a href=${e.links.notice} target="_blank">${this.say(`open_notice`)}</a></p>
        <p><a href="/config/integrations/integration/courier_access">${this.say(`open_settings`)}</a></p>
      </section>
    `}resident(e){let t=fe(e);return i`
      <li class="resident" data-resident=${e.resident}>
        <strong>${this.named(e)}</strong>
        ${t?i`<p>${this.say(`consent_${t}`)}</p>`:c}
        ${e.waits_for_confirmation?i`<p>${this.say(`waits`)}</p>`:c}
        ${pe(e)?i`<p class="status bad">${this.outOfReach(e)}</p>`:c}
      </li>
    `}outOfReach({unreachable_since:e}){return e?this.say(`unreachable_since`,{time:this.words.moment(e)}):this.say(`no_way`)}record(e){let{kept_out_by:t,records:n,newest_at:r,retention_days:a,notifications_pending:o}=e.record;return i`
      <section>
        <h2>${this.say(`record`)}</h2>
        <p class="status ${t?`bad`:`good`}" data-kept-out=${t??``}>
          <strong
            >${t?this.words.issue(t,`title`,{building:e.name}):this.say(`record_well`)}</strong
          >
        </p>
        <p>
          ${n===null?c:this.say(`record_has`,{count:n,size:ge(e.record_bytes,this.words.language)})}
          ${r?this.say(`record_newest`,{time:this.words.moment(r)}):c}
        </p>
        <p class="soft">
          ${this.say(`record_keeps`,{days:a})} ${o?this.say(`notifications_pending`,{count:o}):c}
        </p>
      </section>
      ${this.whole?i`<courier-access-check
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
          ></courier-access-check>`:c}
    `}};a([r({type:Number})],z.prototype,`news`,void 0),a([r({type:Boolean})],z.prototype,`whole`,void 0),a([s()],z.prototype,`owned`,void 0),z=a([e(`courier-access-building`)],z);var be={},xe=d(class extends u{constructor(){super(...arguments),this.ot=be}render(e,t){return t()}update(e,[n,r]){if(Array.isArray(n)){if(Array.isArray(this.ot)&&this.ot.length===n.length&&n.every((e,t)=>e===this.ot[t]))return t}else if(this.ot===n)return t;return this.ot=Array.isArray(n)?Array.from(n):n,this.render(n,r)}}),Se=500,B=class extends g{constructor(...e){super(...e),this.busy=!1}render(){return i`
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
          ${[[`page_take_entries_says`,`page_take_entries_link`,()=>this.takeSheet()],[`page_take_says`,`page_take_link`,()=>this.takeRecord()],[`page_take_verifier_says`,`page_take_verifier_link`,()=>this.takeVerifier()]].map(([e,t,n])=>i`
              <li>
                <p>${this.words.say(e)}</p>
                <button ?disabled=${this.busy} @click=${()=>this.working(n)}>
                  ${this.words.say(t)}
                </button>
              </li>
            `)}
        </ul>
      </section>
    `}async takeSheet(){let e=[],t;do{let n=await this.access.sheet(this.building.building,this.words.language,t);e.push(n.csv),t=n.next??void 0}while(t!==void 0);V(`courier-access.csv`,`text/csv`,e)}async takeRecord(){let{building:e,name:t}=this.building,n=await this.access.records(e,0),r=n.head.record,i=[],a=r+1;for(;a!==null;){let t=await this.access.entries(e,{limit:Se,before:a});i.push(...t.entries),a=t.next}let o=[...n.records];for(;n.next!==null;)n=await this.access.records(e,n.next),o.push(...n.records);let s={about:this.words.say(`page_take_says`),building:t,exported_at:(/* @__PURE__ */ new Date()).toISOString(),entries_up_to:r,entries:i,records:o,head:n.head};V(`courier-access.json`,`application/json`,[JSON.stringify(s,null,1)])}async takeVerifier(){let{name:e,program:t}=await this.access.verifier(this.building.building);V(e,`text/x-python`,[t])}async working(e){this.busy=!0,await this.act(e),this.busy=!1}};a([s()],B.prototype,`busy`,void 0),B=a([e(`courier-access-record`)],B);function V(e,t,n){let r=URL.createObjectURL(new Blob(n,{type:t})),i=document.createElement(`a`);i.href=r,i.download=e,i.click(),URL.revokeObjectURL(r)}function Ce(e,t){let n=t.at(-1)?.record??0,r=e.map(e=>e.every(({record:e})=>e<n)?e:e.filter(({record:e})=>e<n)).filter(e=>e.length>0);return t.length>0?[t,...r]:[]}function we(e,t,n){let r=n.filter(({record:e})=>e<t);return r.length>0?[...e,r]:[...e]}function Te(e){return e.decision===`refused`?e.door?`refused`:`refused_nowhere`:e.decision===`observed`?`observed`:e.outcome===null?`admitted`:`admitted_${e.outcome}`}var Ee=50,H=class extends g{constructor(...e){super(...e),this.news=0,this.next=null,this.courier=``,this.decision=``,this.asked=0,this.reads=!1}static{this.styles=[g.styles,n`
      /* What is far away costs nothing, however long the list has become. */
      .page {
        content-visibility: auto;
        contain-intrinsic-size: auto 2400px;
      }
      .page + .page li:first-child {
        border-block-start: 1px solid var(--divider-color, #d0d0d0);
      }
      summary {
        cursor: pointer;
      }
    `]}connectedCallback(){super.connectedCallback(),this.seen=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&this.more()})}disconnectedCallback(){super.disconnectedCallback(),this.seen?.disconnect()}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building?this.begin():e.has(`news`)&&this.renew()}updated(){let e=this.renderRoot.querySelector(`#more`);this.seen?.disconnect(),e&&this.seen?.observe(e)}render(){return i`
      <section>
        <h2>${this.words.say(`page_came`)}</h2>
        <p class="soft">${this.say(`came_says`,{days:this.building.retention_days})}</p>
        <div class="row" role="search">
          <label
            >${this.words.say(`csv_courier`)}
            <select @change=${e=>this.filter({courier:U(e)})}>
              <option value="">${this.say(`all`)}</option>
              ${this.building.couriers.map(({courier:e,name:t})=>i`<option value=${e} .selected=${e===this.courier}>${t}</option>`)}
            </select>
          </label>
          <label
            >${this.words.say(`csv_decision`)}
            <select @change=${e=>this.filter({decision:U(e)})}>
              <option value="">${this.say(`all`)}</option>
              ${[`admitted`,`refused`,`observed`].map(e=>i`<option value=${e} .selected=${e===this.decision}>
                    ${this.words.say(`csv_${e}`)}
                  </option>`)}
            </select>
          </label>
        </div>
        ${this.list()}
      </section>
      <courier-access-record
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-record>
    `}list(){return this.pages===void 0?i`<p role="status">${this.say(`loading`)}</p>`:this.pages.length===0?i`<p>${this.words.say(`page_came_none`)}</p>`:i`
      ${w(this.pages,(e,t)=>t===0?`newest`:e.at(-1)?.record,(e,t)=>i`
          <ul class="page" aria-live=${t===0?`polite`:`off`} aria-relevant="additions">
            ${xe([e,this.words],()=>w(e,e=>e.record,e=>this.entry(e)))}
          </ul>
        `)}
      ${this.next===null?c:i`<button id="more" @click=${()=>this.more()}>${this.say(`more`)}</button>`}
    `}entry(e){return i`
      <li data-record=${e.record}>
        <details>
          <summary>
            ${this.words.say(`notification_${Te(e)}`,{courier:e.courier,door:e.door,time:this.words.moment(e.at)})}
            ${e.units?.length?i`<strong>${e.units.map(e=>this.words.say(`notification_unit`,{unit:e})).join(` `)}</strong>`:c}
          </summary>
          ${e.decision===`refused`?i`<p>${this.words.say(`notification_reason_${e.reason}`)}</p>`:c}
          ${e.proof===`signed`?c:i`<p>${this.words.say(`page_proof`,{proof:this.words.say(`csv_${e.proof}`)})}</p>`}
          ${e.parcel_ref?i`<p>${this.words.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:c}
          ${e.driver_ref?i`<p>${this.words.say(`csv_driver`)}: ${e.driver_ref}</p>`:c}
          ${e.details_erased?i`<p class="soft">${this.words.say(`page_erased`)}</p>`:c}
          ${e.repeats>0?i`<p>${this.words.say(`page_repeats`,{count:e.repeats})}</p>`:c}
          ${e.completed_at?i`<p>${this.say(`completed`,{time:this.words.moment(e.completed_at)})}</p>`:c}
          ${e.notifications?.map(e=>i`<p class="soft">${e.resident??`–`}: ${this.say(`notification_${e.state}`)}</p>`)}
          <p class="soft">${this.words.say(`csv_record`)} ${e.record}</p>
        </details>
      </li>
    `}filter(e){this.courier=e.courier??this.courier,this.decision=e.decision??this.decision,this.begin()}begin(){this.pages=void 0,this.next=null,this.renew()}async renew(){await this.take(async()=>{let e=await this.access.entries(this.building.building,this.wanted()),t=Ce(this.pages??[],e.entries);return[t,t.length>1?this.next:e.next]})}async more(){let e=this.next;e===null||this.reads||(this.reads=!0,await this.take(async()=>{let t=await this.access.entries(this.building.building,this.wanted(e));return[we(this.pages??[],e,t.entries),t.next]}),this.reads=!1,this.requestUpdate())}async take(e){let t=++this.asked;try{let[n,r]=await e();t===this.asked&&([this.pages,this.next]=[n,r])}catch(e){this.tell({text:this.words.refusal(e)})}}wanted(e){return{limit:Ee,...e!==void 0&&{before:e},...this.courier&&{courier:this.courier},...this.decision&&{decision:this.decision}}}};a([r({type:Number})],H.prototype,`news`,void 0),a([s()],H.prototype,`pages`,void 0),a([s()],H.prototype,`next`,void 0),a([s()],H.prototype,`courier`,void 0),a([s()],H.prototype,`decision`,void 0),H=a([e(`courier-access-entries`)],H);function U(e){return e.target.value}var W=class extends g{constructor(...e){super(...e),this.code=``}static{this.styles=[g.styles,n`
      .code {
        font-size: 1.6rem;
        font-weight: 500;
        letter-spacing: 0.12em;
      }
    `]}willUpdate(e){let t=e.get(`resident`);t&&t.resident!==this.resident.resident&&(this.code=``)}render(){let e=this.resident.has_address_code;return i`
      <section>
        <h2>${this.say(`address_code`)}</h2>
        <p class="soft">${this.say(`address_code_says`)}</p>
        ${this.code?i`<div role="status">
              <p class="code">${this.code}</p>
              <p>${this.say(`address_code_new`)}</p>
            </div>`:i`<p>${e?this.say(`address_code_has`):this.say(`address_code_none`)}</p>`}
        <button @click=${()=>this.renew()}>${this.say(`renew`)}</button>
      </section>
    `}async renew(){await this.act(async()=>{let e=await this.access.renewAddressCode(this.building.building,this.resident.resident);this.code=e.address_code})}};a([r({attribute:!1})],W.prototype,`resident`,void 0),a([s()],W.prototype,`code`,void 0),W=a([e(`courier-access-address-code`)],W);var G=class extends o{constructor(...e){super(...e),this.exceptions=[],this.today=``,this.month=``}static{this.styles=[l,n`
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
        min-height: 40px;
        border-color: transparent;
      }
      td button[aria-pressed="true"] {
        border: 2px solid var(--error-color, #db4437);
        text-decoration: line-through;
      }
      td button.other {
        border: 2px dashed var(--primary-color, #009ac7);
      }
    `]}render(){let e=this.month||this.today.slice(0,7),t=ne(e,1),n=[`01`,`02`,`03`,`04`,`05`,`06`,`07`].map(e=>`2024-01-${e}`),r=this.words.date(`${e}-01`,{month:`long`,year:`numeric`});return i`
      <div class="row">
        <button aria-label=${this.say(`month_before`)} @click=${()=>this.month=C(e,-1)}>
          ‹
        </button>
        <span class="grow" aria-live="polite">${r}</span>
        <button aria-label=${this.say(`month_after`)} @click=${()=>this.month=C(e,1)}>
          ›
        </button>
      </div>
      <table aria-label=${r}>
        <thead>
          <tr>
            ${n.map(e=>i`<th scope="col" abbr=${this.words.date(e,{weekday:`long`})}>
                  ${this.words.date(e,{weekday:`narrow`})}
                </th>`)}
          </tr>
        </thead>
        <tbody>
          ${t.map(e=>i`<tr>${e.map(e=>i`<td>${this.cell(e)}</td>`)}</tr>`)}
        </tbody>
      </table>
      ${this.others()}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}cell(e){if(!e)return c;let t=se(this.exceptions,e),n=t!==void 0&&x(t),r=this.words.date(e,{weekday:`long`,day:`numeric`,month:`long`});return i`
      <button
        data-date=${e}
        class=${t&&!n?`other`:``}
        aria-pressed=${n}
        aria-label=${n?this.say(`day_off`,{date:r}):r}
        ?disabled=${e<this.today}
        @click=${()=>this.emit(ae(this.exceptions,e))}
      >
        ${Number(e.slice(8))}
      </button>
    `}others(){let e=this.exceptions.filter(e=>(e.to??e.from)>=this.today);return i`
      ${e.length?i`<ul>
            ${e.map(e=>this.line(e))}
          </ul>`:c}
      <h3>${this.say(`other_hours`)}</h3>
      <form class="row" @submit=${e=>this.add(e)}>
        <label>${this.say(`first_day`)} <input type="date" name="first" min=${this.today} required /></label>
        <label>${this.say(`last_day`)} <input type="date" name="last" min=${this.today} /></label>
        <label>${this.say(`from`)} <input type="time" name="from" /></label>
        <label>${this.say(`to`)} <input type="time" name="to" /></label>
        <button>${this.say(`add`)}</button>
      </form>
      <p class="soft">${this.say(`other_hours_says`)}</p>
    `}line(e){let t=e=>this.words.date(e,{day:`numeric`,month:`short`,year:`numeric`}),n=e.to??e.from,r=n===e.from?t(e.from):this.words.say(`page_from_to`,{first:t(e.from),last:t(n)}),a=x(e)?this.words.say(`page_closed`):e.windows?.map(({from:e,to:t})=>`${e.slice(0,5)}–${t.slice(0,5)}`).join(`, `);return i`
      <li class="row">
        <span class="grow">${this.words.say(`page_hours_line`,{days:r,hours:a??``})}</span>
        <button
          aria-label=${this.say(`remove_named`,{name:r})}
          @click=${()=>this.emit(this.exceptions.filter(t=>t!==e))}
        >
          ${this.say(`delete`)}
        </button>
      </li>
    `}add(e){e.preventDefault();let t=e.target,[n,r,i,a]=[`first`,`last`,`from`,`to`].map(e=>String(new FormData(t).get(e)??``)),o=i&&a?[{from:i,to:a===`00:00`?`24:00`:a}]:[],s={from:n,to:r>=n?r:n,...o.length&&{windows:o}};t.reset(),this.emit(oe(this.exceptions,s))}emit(e){let t=e.filter(e=>(e.to??e.from)<this.today),n=e.filter(e=>!t.includes(e));this.dispatchEvent(new CustomEvent(`ca-exceptions`,{detail:n,bubbles:!0,composed:!0}))}};a([r({attribute:!1})],G.prototype,`words`,void 0),a([r({attribute:!1})],G.prototype,`exceptions`,void 0),a([r()],G.prototype,`today`,void 0),a([s()],G.prototype,`month`,void 0),G=a([e(`courier-access-days-off`)],G);var De=[`binary_sensor`,`calendar`,`device_tracker`,`group`,`input_boolean`,`person`,`schedule`,`switch`],K=class extends o{constructor(...e){super(...e),this.entities=[],this.name=``,this.heading=``}static{this.styles=[l]}render(){let e=Object.values(this.home.states).filter(e=>e!==void 0).filter(({entity_id:e})=>De.includes(e.split(`.`)[0]??``)&&!this.entities.includes(e)).map(({entity_id:e})=>[e,this.nameOf(e)]).sort(([,e],[,t])=>e.localeCompare(t));return i`
      <h3>${this.heading}</h3>
      <ul>
        ${this.entities.map(e=>i`
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
          ${e.map(([e,t])=>i`<option value=${e}>${t}</option>`)}
        </select>
      </label>
    `}nameOf(e){return this.home.states[e]?.attributes.friendly_name??e}add(e){let t=e.target,n=t.value;t.value=``,n&&this.emit([...this.entities,n])}emit(e){let t={[this.name]:e};this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:t,bubbles:!0,composed:!0}))}};a([r({attribute:!1})],K.prototype,`home`,void 0),a([r({attribute:!1})],K.prototype,`words`,void 0),a([r({attribute:!1})],K.prototype,`entities`,void 0),a([r()],K.prototype,`name`,void 0),a([r()],K.prototype,`heading`,void 0),K=a([e(`courier-access-linked`)],K);var Oe=class{constructor(e,t,n,r,i){this.access=e,this.building=t,this.resident=n,this.show=r,this.refused=i,this.queue=Promise.resolve(),this.waiting=0}async load(){if(!this.waiting)try{let e=await this.access.rules(this.building,this.resident);this.waiting||this.take(e)}catch(e){this.refused(e)}}async change(e,t=!1){let n=this.kept;if(!n)return!1;this.waiting++;let{consent:r,...i}=e;this.take({...n,...i,consent:Ae(r,n.consent)});let a=this.queue.then(()=>this.send(e,n,t));return this.queue=a,a}async undo(){let e=this.last;this.last=void 0,e&&await this.change(e,!0)}async send(e,t,n){let r=this.kept?.revision??t.revision;try{let i=await this.access.setRules(this.building,this.resident,r,e);return n||(this.last=ke(t,e)),this.waiting--,this.waiting&&this.kept?this.kept={...this.kept,revision:i.revision}:this.take(i),!0}catch(e){return this.waiting--,this.refused(e),await this.load(),!1}}take(e){this.kept=e,this.show(e)}};function ke(e,t){let n=Object.keys(t).filter(e=>e!==`consent`);return Object.fromEntries(n.map(t=>[t,e[t]]))}function Ae(e,t){return e===void 0?t:e?`given`:`withdrawn`}function q(e,t,n){let{[t]:r,...i}=e;return n===void 0?i:{...i,[t]:n}}var J=[`allow`,`ask`,`deny`],Y=class extends g{constructor(...e){super(...e),this.chosen=``,this.agreed=!1,this.sending=0}static{this.styles=[g.styles,n`
      .proof {
        padding-inline-start: 16px;
      }
    `]}willUpdate(e){let t=this.resident;if(!t)return;let n=e.get(`building`);!this.draft||this.draft.resident!==t.resident?(this.rules=void 0,this.draft=new Oe(this.access,this.building.building,t.resident,e=>this.rules=e,e=>this.tell({text:this.words.refusal(e)})),this.draft.load()):n&&this.draft.load()}render(){let{resident:e,rules:t}=this;return e?t?i`
      ${y(this.building).length>1?this.choice():c}
      <div
        aria-busy=${this.sending>0}
        @ca-rules=${e=>this.change(e.detail)}
        @ca-week=${e=>this.change({windows:f(e.detail)})}
        @ca-exceptions=${e=>this.change({exceptions:e.detail})}
      >
        ${t.consent===`given`?c:this.consent(t)}
        <section>
          <h2>${this.words.say(`page_hours_heading`)}</h2>
          ${this.elsewhere()}
          <courier-access-week
            .words=${this.words}
            .spans=${v(E(t.windows))}
          ></courier-access-week>
          ${Object.keys(t.windows).length?c:i`<p>${this.words.say(`page_hours_none`)}</p>`}
        </section>
        <section>
          <h2>${this.say(`days_off`)}</h2>
          <p class="soft">${this.say(`days_off_says`)}</p>
          <courier-access-days-off
            .words=${this.words}
            .exceptions=${t.exceptions}
            today=${this.today}
          ></courier-access-days-off>
        </section>
        ${this.couriers(t)}
        ${e.waits_for_confirmation||t.consent!==`given`?c:i`<courier-access-address-code
              .words=${this.words}
              .access=${this.access}
              .building=${this.building}
              .resident=${e}
            ></courier-access-address-code>`}
        ${this.conditions(t)} ${this.sharing(t)}
        ${t.consent===`given`?this.consent(t):c}
      </div>
    `:i`<section><p role="status">${this.say(`loading`)}</p></section>`:i`<section><p>${this.say(`no_residence`)}</p></section>`}get resident(){return y(this.building).find(({resident:e})=>e===this.chosen)??y(this.building)[0]}get today(){return new Intl.DateTimeFormat(`en-CA`,{timeZone:this.words.zone}).format(/* @__PURE__ */ new Date)}choice(){return i`
      <section>
        <label
          >${this.say(`which_unit`)}
          <select @change=${e=>this.chosen=e.target.value}>
            ${y(this.building).map(({resident:e,unit:t})=>i`<option value=${e}>${t}</option>`)}
          </select>
        </label>
      </section>
    `}consent(e){let t=e.consent===`given`;return i`
      <section>
        <h2>${this.words.say(`page_consent`)}</h2>
        <p class="status ${t?`good`:`bad`}" data-consent=${e.consent}>
          ${this.words.say(`page_consent_${e.consent}`)}
        </p>
        <p>${this.words.say(`page_consent_means`)}</p>
        ${t?i`<button class="stop" @click=${()=>this.change({consent:!1})}>
              ${this.words.say(`page_withdraw_consent`)}
            </button>`:i`<p>
                <label
                  ><input
                    type="checkbox"
                    .checked=${this.agreed}
                    @change=${e=>this.agreed=e.target.checked}
                  />${this.words.say(`page_agree`)}</label
                >
              </p>
              <button class="main" ?disabled=${!this.agreed} @click=${()=>this.agree()}>
                ${this.words.say(`page_give_consent`)}
              </button>`}
      </section>
    `}agree(){this.agreed=!1,this.change({consent:!0})}elsewhere(){return this.words.readerIsElsewhere?i`<p class="status bad">${this.say(`elsewhere`,{zone:this.words.zone})}</p>`:c}couriers(e){return i`
      <section>
        <h2>${this.say(`couriers`)}</h2>
        <p class="soft">${this.say(`couriers_says`)}</p>
        <p>
          <label
            >${this.say(`by_default`)}
            ${this.attitude(e.default,e=>e&&this.change({default:e}),!1)}
          </label>
        </p>
        ${e.default===`allow`?this.proof(this.say(`by_default`),e.default_proof,e=>e&&this.change({default_proof:e}),!1):c}
        ${this.building.couriers.map(({courier:t,name:n})=>i`
            <p>
              <label
                >${n}
                ${this.attitude(e.couriers[t],n=>this.decide(e,t,n))}
              </label>
            </p>
            ${(e.couriers[t]??e.default)===`allow`?this.proof(n,e.proofs[t],n=>this.change({proofs:q(e.proofs,t,n)})):c}
          `)}
      </section>
    `}attitude(e,t,n=!0){return i`
      <select
        @change=${e=>{let n=e.target.value;t(J.find(e=>e===n))}}
      >
        ${n?i`<option value="" .selected=${e===void 0}>${this.say(`as_default`)}</option>`:c}
        ${J.map(t=>i`
            <option value=${t} .selected=${t===e}>${this.say(`attitude_${t}`)}</option>
          `)}
      </select>
    `}decide(e,t,n){this.change({couriers:q(e.couriers,t,n)})}proof(e,t,n,r=!0){return i`
      <p>
        <label class="proof"
          >${this.say(`proof`)}
          <select
            aria-label=${`${e}: ${this.say(`proof`)}`}
            @change=${e=>{let t=e.target.value;n(D.find(e=>e===t))}}
          >
            ${r?i`<option value="" .selected=${t===void 0}>${this.say(`as_default`)}</option>`:c}
            ${D.map(e=>i`
                <option value=${e} .selected=${e===t}>${this.say(`proof_${e}`)}</option>
              `)}
          </select>
        </label>
      </p>
    `}conditions(e){return i`
      <section>
        <h2>${this.say(`conditions`)}</h2>
        <p class="soft">${this.say(`conditions_says`)}</p>
        ${[`only_while`,`never_while`].map(t=>i`
            <courier-access-linked
              .home=${this.home}
              .words=${this.words}
              .entities=${e[t]}
              name=${t}
              heading=${this.say(t)}
            ></courier-access-linked>
          `)}
      </section>
    `}sharing(e){return i`
      <section>
        <h2>${this.say(`sharing`)}</h2>
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
      </section>
    `}async change(e){let{draft:t}=this;if(!t)return;this.sending++;let n=await t.change(e);if(this.sending--,!n)return;let r=e.consent!==void 0;this.tell({text:r?this.words.say(e.consent?`page_said_give_consent`:`page_said_withdraw_consent`):this.say(`kept`),...!r&&{undo:()=>void this.undo(t)}})}async undo(e){this.sending++,await e.undo(),this.sending--}};a([s()],Y.prototype,`chosen`,void 0),a([s()],Y.prototype,`agreed`,void 0),a([s()],Y.prototype,`rules`,void 0),a([s()],Y.prototype,`sending`,void 0),Y=a([e(`courier-access-hours`)],Y);var X=[`now`,`hours`,`entries`,`deliveries`],Z=`building`,je=8,Q=class extends o{constructor(...e){super(...e),this.narrow=!1,this.chosen=``,this.following=new ee(this)}static{this.styles=[l,n`
      :host {
        min-height: 100%;
        background: var(--primary-background-color, #fafafa);
        padding-block-end: env(safe-area-inset-bottom);
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: calc(8px + env(safe-area-inset-top)) 12px 8px;
        background: var(--ha-card-background, var(--card-background-color, #fff));
        border-block-end: 1px solid var(--divider-color, #d0d0d0);
      }
      h1 {
        font-size: 1.2rem;
        font-weight: 400;
        margin: 0;
      }
      .menu {
        border: 0;
        font-size: 1.4rem;
        line-height: 1;
      }
      nav {
        display: flex;
        overflow-x: auto;
        background: var(--ha-card-background, var(--card-background-color, #fff));
        border-block-end: 1px solid var(--divider-color, #d0d0d0);
      }
      nav a {
        padding: 12px 10px;
        white-space: nowrap;
        color: inherit;
        text-decoration: none;
        border-block-end: 3px solid transparent;
      }
      nav a[aria-current="page"] {
        border-color: var(--primary-color, #009ac7);
        font-weight: 500;
      }
      main {
        max-width: 860px;
        margin: 0 auto;
        padding: 16px 12px;
      }
      .told {
        position: fixed;
        inset-inline: 12px;
        inset-block-end: calc(12px + env(safe-area-inset-bottom));
        max-width: 560px;
        margin: 0 auto;
        display: flex;
        gap: 12px;
        align-items: center;
        padding: 12px 16px;
        border-radius: 10px;
        background: var(--primary-text-color, #141414);
        color: var(--primary-background-color, #fafafa);
        z-index: 9;
      }
      .told button {
        background: transparent;
        border-color: currentColor;
        color: inherit;
      }
    `]}get hass(){return this.following.home}set hass(e){this.following.home=e}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.fading)}willUpdate(e){e.has(`route`)&&(this.chosen=new URLSearchParams(location.search).get(`building`)??this.chosen)}render(){let{words:e}=this.following;if(!e)return i``;let t=this.current;return i`
      <header>
        ${this.narrow?i`<button class="menu" aria-label=${e.say(`panel_menu`)} @click=${()=>this.toggleMenu()}>
              ☰
            </button>`:c}
        <h1 class="grow">${t?.name??e.say(`panel_sidebar`)}</h1>
        ${this.choice(e)}
      </header>
      ${t?this.views(e,t):i`<main>${this.nothing(e)}</main>`}
      <div role="status" aria-live="polite">${this.toast(e)}</div>
    `}get current(){let{all:e}=this.following;return e.find(({building:e})=>e===this.chosen)??e[0]}viewsOf(e){return $(e)?e.is_owner?[...X,Z]:X:[Z]}viewOf(e){let t=this.route?.path.replace(/^\//,``),n=this.viewsOf(e);return n.find(e=>e===t)??n[0]??`now`}nothing(e){return this.following.failure?i`<p class="status bad" role="alert">${this.following.failure}</p>`:i`<p role="status">${e.say(this.following.absence)}</p>`}choice(e){let{all:t}=this.following;return t.length<2?c:i`
      <select
        aria-label=${e.say(`panel_which_building`)}
        @change=${e=>this.chosen=e.target.value}
      >
        ${t.map(({building:e,name:t})=>i`<option value=${e} .selected=${e===this.current?.building}>${t}</option>`)}
      </select>
    `}views(e,t){let n=this.viewOf(t);return i`
      <nav aria-label=${e.say(`panel_sidebar`)}>
        ${this.viewsOf(t).map(t=>i`
            <a
              href="/courier-access/${t}"
              aria-current=${t===n?`page`:c}
              @click=${e=>this.go(e,t)}
              >${e.say(`panel_view_${t}`)}</a
            >
          `)}
      </nav>
      <main @ca-told=${e=>this.tell(e.detail)}>
        ${this.following.failure?i`<p class="status bad" role="alert">${this.following.failure}</p>`:c}
        ${$(t)&&!this.following.isReady(t)?i`<p class="status bad" role="status">${e.say(`panel_not_ready`)}</p>`:c}
        ${$(t)&&n!==Z?this.shown(e,t,n):i`<courier-access-building
              .home=${this.hass} .words=${e} .access=${this.following.access} .building=${t}
              .news=${this.following.ownersNews} .whole=${$(t)}
            ></courier-access-building>`}
      </main>
    `}shown(e,t,n){let{home:r,access:a,news:o}=this.following;switch(n){case`now`:return i`<courier-access-now
          .home=${r} .words=${e} .access=${a} .building=${t}
        ></courier-access-now>`;case`hours`:return i`<courier-access-hours
          .home=${r} .words=${e} .access=${a} .building=${t}
        ></courier-access-hours>`;case`entries`:return i`<courier-access-entries
          .home=${r} .words=${e} .access=${a} .building=${t} .news=${o}
        ></courier-access-entries>`;case`deliveries`:return i`<courier-access-deliveries
          .home=${r} .words=${e} .access=${a} .building=${t}
        ></courier-access-deliveries>`}}go(e,t){e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),history.pushState(null,``,`/courier-access/${t}`),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}})))}toggleMenu(){this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}tell(e){clearTimeout(this.fading),this.told=e,this.fading=setTimeout(()=>this.told=void 0,je*1e3)}toast(e){let{told:t}=this;return t?i`
      <div class="told">
        <span class="grow">${t.text}</span>
        ${t.undo?i`<button
              @click=${()=>{this.told=void 0,t.undo?.()}}
            >
              ${e.say(`panel_undo`)}
            </button>`:c}
      </div>
    `:c}};a([r({type:Boolean,reflect:!0})],Q.prototype,`narrow`,void 0),a([r({attribute:!1})],Q.prototype,`route`,void 0),a([s()],Q.prototype,`chosen`,void 0),a([s()],Q.prototype,`told`,void 0),Q=a([e(`courier-access-panel`)],Q);function $(e){return`doors`in e}export{Q as Panel};