import{C as e,D as t,E as n,M as r,O as i,S as a,T as o,_ as s,a as ee,b as c,c as te,d as l,f as u,g as ne,h as d,i as f,k as p,l as m,m as h,n as g,o as _,p as re,r as v,s as ie,t as ae,u as y,v as oe,w as b,x,y as se}from"./following-86071785.js";import{_ as ce,a as le,c as ue,d as S,f as C,g as de,h as fe,i as pe,l as me,m as w,n as he,o as ge,p as T,r as _e,s as E,t as D,u as ve}from"./now-44cdf315.js";var O=`important`,ye=` !`+O,k=fe(class extends de{constructor(e){if(super(e),e.type!==ce.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[t]){let{style:n}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let e of this.ft)t[e]??(this.ft.delete(e),e.includes(`-`)?n.removeProperty(e):n[e]=null);for(let e in t){let r=t[e];if(r!=null){this.ft.add(e);let t=typeof r==`string`&&r.endsWith(ye);e.includes(`-`)||t?n.setProperty(e,t?r.slice(0,-11):r,t?O:``):n[e]=r}}return i}});function A(e,t){return e.date(`2024-01-0${t+1}`,{weekday:`short`})}function be(e,t){let n=h(t);return n===`always`||n===`none`?e.say(`panel_week_${n}`):ee(t).map(({days:t,windows:n})=>`${xe(e,t)} ${n.map(({from:t,to:n})=>e.hours(t,n)).join(`, `)}`).join(` · `)}function xe(e,t){return t.length===7?e.say(`page_every_day`):se(t).map(([t,n])=>{let r=n===t+1?`, `:`–`;return t===n?A(e,t):A(e,t)+r+A(e,n)}).join(`, `)}var j=10,Se=5,Ce=60,we=60,Te=44,Ee={from:480,to:1080},M=class extends n{constructor(...e){super(...e),this.spans=[]}static{this.styles=[w,r`
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
    `]}render(){let e=this.shown??this.spans;return p`
      <p class="soft">${this.say(`week_how`)}</p>
      <p class="quiet" id="keys">${this.say(`week_keys`)}</p>
      <div class="scale" aria-hidden="true">
        <div class="hours">
          ${[0,6,12,18,24].map(e=>p`<span style=${k({"inset-inline-start":`${e/24*100}%`})}>${e}</span>`)}
        </div>
      </div>
      ${a.map((t,n)=>this.day(t,n,e))} ${this.editor()}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}day(e,n,r){let i=this.words.say(`page_${e}`),a=r.filter(e=>e.day===n),o=a.map(({from:e,to:t})=>this.words.hours(e,t)),s=re(a,o.map(e=>we+Te*e.length));return p`
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
        <button class="more" aria-label=${this.say(`week_add`,{day:i})} @click=${()=>this.add(n)}>
          +
        </button>
      </div>
    `}label({from:e,to:n},r,i){if(r===void 0||r===`nowhere`)return t;let a={in:{"inset-inline-start":N(e),width:N(n-e)},before:{"inset-inline-end":N(v-e)},after:{"inset-inline-start":N(n)}}[r];return p`<span class="label" aria-hidden="true" style=${k(a)}>${i}</span>`}bubble({from:e,to:t}){let n=Math.min(v*.85,Math.max(v*.15,(e+t)/2));return p`<span class="bubble" aria-hidden="true" style=${k({"inset-inline-start":N(n)})}
      >${this.words.hours(e,t)}</span
    >`}window(e,t){let n=this.chosen?.day===e.day&&this.chosen.from===e.from,r=e.from===0&&e.to===1440;return p`
      <button
        class="window"
        data-from=${_(e.from)}
        data-to=${_(e.to)}
        aria-pressed=${n}
        aria-describedby="keys"
        aria-label=${r?this.words.say(`page_hours_line`,{days:t,hours:this.say(`all_day`)}):this.say(`week_window`,{day:t,from:this.words.clock(e.from),to:this.words.clock(e.to)})}
        style=${k({"inset-inline-start":N(e.from),width:N(e.to-e.from)})}
        @click=${()=>this.chosen=e}
        @keydown=${t=>this.key(t,e)}
      ></button>
    `}get current(){let{chosen:e}=this;return e&&m(this.spans,e.day,e.from)}editor(){let e=this.current;if(!e)return p``;let n=this.words.say(`page_${a[e.day]??`monday`}`),r=e.from===0&&e.to===1440;return p`
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
              ${a.map((n,r)=>r===e.day?t:p`<option value=${r}>${this.words.say(`page_${n}`)}</option>`)}
            </select>
          </label>
        </div>
      </div>
    `}times(e){return p`
      <label class="field"
        >${this.say(`from`)}
        <input
          type="time"
          step="900"
          .value=${_(e.from)}
          @change=${t=>this.retime(e,`from`,t)}
      /></label>
      <label class="field"
        >${this.say(`to`)}
        <input
          type="time"
          step="900"
          .value=${_(e.to%v)}
          @change=${t=>this.retime(e,`to`,t)}
      /></label>
    `}whole(e,t){this.change(e,{...e,...t?{from:0,to:v}:Ee})}add(e){let t=oe(this.spans,e);t&&this.change(void 0,t),this.focusOn(e)}retime(e,t,n){let r=n.target.value;if(!r)return;let i=l(r);this.change(e,s(e,t,t===`to`&&i===0?v:i))}copy(e,t){let n=t.target,r={all:[0,1,2,3,4,5,6],workdays:[0,1,2,3,4]}[n.value],i=ie(this.spans,e,r??[Number(n.value)]);n.value=``,this.emit(i)}key(e,t){let n=getComputedStyle(this).direction===`rtl`?`ArrowLeft`:`ArrowRight`,r=n===`ArrowLeft`?`ArrowRight`:`ArrowLeft`,i={[n]:15,[r]:-15}[e.key],a=t;if(i!==void 0)a=e.shiftKey?s(t,`to`,t.to+i):u(t,t.day,t.from+i);else if(e.key===`ArrowDown`||e.key===`ArrowUp`)a=u(t,t.day+(e.key===`ArrowDown`?1:-1),t.from);else if(e.key===`Delete`||e.key===`Backspace`)a=void 0;else return;e.preventDefault(),this.change(t,a),this.focusOn(a?.day??t.day)}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelectorAll(`.day`)[e]?.querySelector(`.window[aria-pressed="true"], .more`)?.focus()})}begin(e,t){if(e.button!==0||this.drag)return;let n=e.target,r=e.currentTarget,i=this.minuteOf(e,r),a=n.classList.contains(`window`)?m(this.spans,t,this.inside(i)):void 0;this.drag={grip:a?this.grip(e,n):`draw`,pointer:e.pointerId,began:{x:e.clientX,at:i},span:a,row:t,moves:!1},r.setPointerCapture(e.pointerId)}follow(e){let{drag:t}=this;t?.pointer===e.pointerId&&(t.moves||=Math.abs(e.clientX-t.began.x)>Se||this.rowOf(e)!==t.row,t.moves&&(this.held=this.dragged(t,e),this.shown=ne(this.spans,t.span,this.held)))}end(e){let{drag:t}=this;t?.pointer===e.pointerId&&(this.leave(),t.moves?this.change(t.span,this.dragged(t,e)):t.span?this.chosen=t.span:this.change(void 0,te(t.row,t.began.at,t.began.at+Ce)))}leave(){this.drag=void 0,this.shown=this.held=void 0}dragged(e,t){let n=this.minuteOf(t,t.currentTarget),{span:r}=e;return r?e.grip===`move`?u(r,this.rowOf(t)??e.row,r.from+n-e.began.at):s(r,e.grip===`from`?`from`:`to`,n):te(e.row,e.began.at,n)}grip(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect();if(i<30)return`move`;let[a,o]=this.isRightToLeft?[`to`,`from`]:[`from`,`to`];return e.clientX-n<j?a:r-e.clientX<j?o:`move`}get isRightToLeft(){return getComputedStyle(this).direction===`rtl`}minuteOf(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect(),a=this.isRightToLeft?r-e.clientX:e.clientX-n;return Math.min(v,Math.max(0,a/i*v))}inside(e){return Math.min(v-1,Math.floor(e))}rowOf(e){let t=[...this.renderRoot.querySelectorAll(`.track`)].findIndex(t=>{let{top:n,bottom:r}=t.getBoundingClientRect();return n<=e.clientY&&e.clientY<=r});return t<0?this.drag?.row:t}change(e,t){let n=ne(this.spans,e,t),r=t&&m(n,t.day,t.from);this.chosen=r&&{day:r.day,from:r.from},this.emit(n)}emit(e){this.spans=e,this.dispatchEvent(new CustomEvent(`ca-week`,{detail:e,bubbles:!0,composed:!0}))}};g([b({attribute:!1})],M.prototype,`words`,void 0),g([b({attribute:!1})],M.prototype,`spans`,void 0),g([e()],M.prototype,`shown`,void 0),g([e()],M.prototype,`held`,void 0),g([e()],M.prototype,`chosen`,void 0),M=g([o(`courier-access-week`)],M);function N(e){return`${e/v*100}%`}var De={unauthenticated:`signature`,malformed:`form`,unsupported:`form`,too_large:`form`,slow_body:`form`,id_reused:`form`,in_flight:`often`,rate_limited:`often`,door_busy:`door`,door_unavailable:`door`,not_ready:`building`,ledger_unavailable:`building`,clock_untrusted:`building`};function P(e){let t=De[e];return t?`panel_problem_${t}`:`notification_reason_${e}`}function Oe({consent:e,on_paper:t}){return t?e===`given`?`given_on_paper`:`refused_on_paper`:e}function ke(e){return!e.has_way||!!e.unreachable_since}function Ae(e,t){return e.residents.find(({resident:e})=>e===t.subject)}function je({issues:e,record:t}){let n=e=>Number(e.kind===t.kept_out_by);return[...e].sort((e,t)=>n(t)-n(e))}function Me(e,t){let[n,r]=e<1e6?[Math.max(1,Math.round(e/1e3)),`kilobyte`]:[e/1e6,`megabyte`];return new Intl.NumberFormat(t,{style:`unit`,unit:r,maximumFractionDigits:1}).format(n)}function F(e,t){return JSON.stringify(d(e))===JSON.stringify(d(t))}var I=class extends C{constructor(...e){super(...e),this.kept={},this.busy=!1}willUpdate(e){e.has(`kept`)&&this.drawn&&F(this.drawn,this.kept)&&(this.drawn=void 0)}render(){let e=this.drawn??this.kept,n=!F(e,this.kept);return p`
      <section aria-busy=${this.busy}>
        <h2>${this.say(`building_hours`)}</h2>
        <p class="soft">${this.say(`building_hours_says`)}</p>
        ${this.words.readerIsElsewhere?p`<p class="status bad">${this.say(`elsewhere`,{zone:this.words.zone})}</p>`:t}
        <courier-access-week
          .words=${this.words}
          .spans=${y(d(e))}
          @ca-week=${e=>this.drawn=c(e.detail)}
        ></courier-access-week>
        ${Object.keys(e).length?t:p`<p>${this.say(`building_hours_none`)}</p>`}
        <div class="row">
          <button class="main" ?disabled=${!n||this.busy} @click=${()=>this.keep(e)}>
            ${this.say(`save`)}
          </button>
          <button ?disabled=${!n||this.busy} @click=${()=>this.drawn=void 0}>
            ${this.say(`cancel`)}
          </button>
        </div>
      </section>
    `}async keep(e){let t=this.kept;this.busy=!0;let n=await this.act(()=>this.access.setHours(this.building.building,e));this.busy=!1,n&&(this.kept=e,this.drawn=void 0,this.tell({text:this.say(`kept`),undo:()=>void this.keep(t)}))}};g([b({attribute:!1})],I.prototype,`kept`,void 0),g([e()],I.prototype,`drawn`,void 0),g([e()],I.prototype,`busy`,void 0),I=g([o(`courier-access-building-hours`)],I);var L=class extends C{constructor(...e){super(...e),this.busy=!1}render(){return p`
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
    `}answer(e){return p`
      ${this.record(e)}
      ${e.notifications?e.notifications.map(({record:e,standing:t})=>p`
              <p class="status ${t===`unchanged`?`good`:`bad`}">
                ${this.words.say(`page_standing_${t}`,{record:e})}
              </p>
            `):p`<p class="soft">${this.words.say(`page_checked_alone`)}</p>`}
    `}record(e){return e.intact?e.notifications?.some(({standing:e})=>e!==`unchanged`)?t:p`<p class="status good">${this.words.say(`page_checked_intact`,{count:e.records})}</p>`:p`<p class="status bad">
        ${this.words.say(`page_checked_broken`,{record:e.broken_at??0})}
      </p>`}async check(){let e=this.renderRoot.querySelector(`textarea`);this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,e?.value.trim()??``)}),this.busy=!1}};g([e()],L.prototype,`found`,void 0),g([e()],L.prototype,`busy`,void 0),L=g([o(`courier-access-check`)],L);var Ne=[`https`,`cloud`],R=class extends C{constructor(...e){super(...e),this.busy=!1}render(){let{courier:e}=this;return p`
      <h3>${e.name}</h3>
      ${e.enabled?t:p`<p>${this.words.say(`notification_reason_courier_disabled`)}</p>`}
      ${e.doors.length?p`<p>${this.say(`courier_doors`,{doors:e.doors.join(`, `)})}</p>`:p`<p>${this.say(`courier_no_doors`)}</p>`}
      ${e.keys.length?this.messages(e):p`<p>${this.say(`key_none`)}</p>`}
    `}messages(e){return p`
      <p class="status ${Ne.includes(e.reach)?`good`:`bad`}" data-reach=${e.reach}>
        ${this.say(`reach_${e.reach}`)}
      </p>
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
      <p>
        <button ?disabled=${this.busy} @click=${()=>this.test()}>${this.say(`test`)}</button>
      </p>
      <div role="status">${this.tried?this.answer(this.tried):``}</div>
    `}refusals(){let{refusals:e,last_refusal:t}=this.courier;return t?this.say(`refusals`,{count:e,time:this.words.moment(t.at),why:this.words.say(P(t.why))}):``}answer({found:e,why:n}){let r=e===`good`||e===`answers`;return p`
      <p class="status ${r?`good`:`bad`}" data-found=${e}>
        ${this.say(`found_${e}`)} ${n?this.words.say(P(n)):t}
        ${r&&this.courier.reach===`nothing`?this.say(`found_inside`):t}
      </p>
    `}async test(){this.busy=!0,this.tried=void 0,await this.act(async()=>{this.tried=await this.access.test(this.building.building,this.courier.courier)}),this.busy=!1}};g([b({attribute:!1})],R.prototype,`courier`,void 0),g([e()],R.prototype,`tried`,void 0),g([e()],R.prototype,`busy`,void 0),R=g([o(`courier-access-courier`)],R);var Pe=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],Fe=1800,z=class extends C{constructor(...e){super(...e),this.news=0,this.whole=!0,this.reading=0}static{this.styles=[C.styles,r`
      .says {
        white-space: pre-line;
      }
      li.resident {
        content-visibility: auto;
        contain-intrinsic-size: auto 70px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.renewing=setInterval(()=>void this.read(),Fe*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.renewing)}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.owned=void 0),(e.has(`news`)||e.has(`building`))&&this.read()}async read(){let e=++this.reading;try{let t=await this.access.owned(this.building.building);e===this.reading&&(this.owned=t)}catch(e){this.owned||this.tell({text:this.words.refusal(e)})}}render(){let{owned:e}=this;return e?p`
      ${this.issues(e)} ${this.couriers(e)} ${this.doors(e)} ${this.residents(e)}
      ${this.record(e)}
      <courier-access-building-hours
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .kept=${e.hours}
      ></courier-access-building-hours>
    `:p`<section><p role="status">${this.say(`loading`)}</p></section>`}issues(e){return p`
      <section>
        <h2>${this.say(`needs_you`)}</h2>
        ${e.issues.length?p`<ul>
                ${je(e).map(t=>this.issue(e,t))}
              </ul>
              <p><a href="/config/repairs">${this.say(`open_repairs`)}</a></p>`:p`<p class="status good">${this.say(`needs_nothing`)}</p>`}
      </section>
    `}issue(e,n){let r=Ae(e,n),i=n.is_fixable?``:this.words.issue(n.kind,`description`,n.placeholders);return p`
      <li data-issue=${n.kind}>
        <div class="status bad">
          <strong>${this.words.issue(n.kind,`title`,n.placeholders)}</strong>
          ${r?p`<p>${this.named(r)}</p>`:t}
          ${i?p`<p class="says">${i}</p>`:t}
        </div>
      </li>
    `}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}couriers(e){return p`
      <section>
        <h2>${this.say(`couriers`)}</h2>
        ${e.couriers.length?p`<ul>
              ${e.couriers.map(e=>p`
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
            </ul>`:p`<p>${this.words.say(`page_lobby_couriers_none`)}</p>`}
      </section>
    `}doors(e){return p`
      <section>
        <h2>${this.say(`doors`)}</h2>
        <ul>
          ${e.doors.map(e=>this.door(e))}
        </ul>
      </section>
    `}door(e){let n=Pe.includes(e.position)?e.position:`unavailable`,r=e.available&&!e.left_open;return p`
      <li data-door=${e.door}>
        <h3>${e.name}</h3>
        <p class="status ${r?`good`:`bad`}">
          <strong>${this.say(`door_${n}`)}</strong>
          ${e.left_open?p`<br />${this.say(`left_open`)}`:t}
          ${e.available?t:p`<br />${this.unavailable(e)}`}
        </p>
        <p class="soft">
          ${this.opener(e)} ${this.say(`unlock_seconds`,{seconds:e.unlock_seconds})}
          ${this.say(e.contact?`contact_${e.contact}`:`contact_none`)}
        </p>
      </li>
    `}opener({opener:e}){if(e===null)return``;let t=this.home.states[e]?.attributes.friendly_name??e;return this.say(`opener`,{name:t})}unavailable(e){return e.opener_removed?this.say(`opener_removed`):e.unavailable_since?this.say(`opener_away_since`,{time:this.words.moment(e.unavailable_since)}):this.say(`opener_away`)}residents(e){return p`
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
    `}resident(e){let n=Oe(e);return p`
      <li class="resident" data-resident=${e.resident}>
        <strong>${this.named(e)}</strong>
        ${n?p`<p>${this.say(`consent_${n}`)}</p>`:t}
        ${e.waits_for_confirmation?p`<p>${this.say(`waits`)}</p>`:t}
        ${ke(e)?p`<p class="status bad">${this.outOfReach(e)}</p>`:t}
      </li>
    `}outOfReach({unreachable_since:e}){return e?this.say(`unreachable_since`,{time:this.words.moment(e)}):this.say(`no_way`)}record(e){let{kept_out_by:n,records:r,newest_at:i,retention_days:a,notifications_pending:o}=e.record;return p`
      <section>
        <h2>${this.say(`record`)}</h2>
        <p class="status ${n?`bad`:`good`}" data-kept-out=${n??``}>
          <strong
            >${n?this.words.issue(n,`title`,{building:e.name}):this.say(`record_well`)}</strong
          >
        </p>
        <p>
          ${r===null?t:this.say(`record_has`,{count:r,size:Me(e.record_bytes,this.words.language)})}
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
    `}};g([b({type:Number})],z.prototype,`news`,void 0),g([b({type:Boolean})],z.prototype,`whole`,void 0),g([e()],z.prototype,`owned`,void 0),z=g([o(`courier-access-building`)],z);var Ie={},Le=fe(class extends de{constructor(){super(...arguments),this.ot=Ie}render(e,t){return t()}update(e,[t,n]){if(Array.isArray(t)){if(Array.isArray(this.ot)&&this.ot.length===t.length&&t.every((e,t)=>e===this.ot[t]))return i}else if(this.ot===t)return i;return this.ot=Array.isArray(t)?Array.from(t):t,this.render(t,n)}}),Re=500,B=class extends C{constructor(...e){super(...e),this.busy=!1}render(){return p`
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
                <button ?disabled=${this.busy} @click=${()=>this.working(n)}>
                  ${this.words.say(t)}
                </button>
              </li>
            `)}
        </ul>
      </section>
    `}async takeSheet(){let e=[],t;do{let n=await this.access.sheet(this.building.building,this.words.language,t);e.push(n.csv),t=n.next??void 0}while(t!==void 0);V(`courier-access.csv`,`text/csv`,e)}async takeRecord(){let{building:e,name:t}=this.building,n=await this.access.records(e,0),r=n.head.record,i=[],a=r+1;for(;a!==null;){let t=await this.access.entries(e,{limit:Re,before:a});i.push(...t.entries),a=t.next}let o=[...n.records];for(;n.next!==null;)n=await this.access.records(e,n.next),o.push(...n.records);let s={about:this.words.say(`page_take_says`),building:t,exported_at:(/* @__PURE__ */ new Date()).toISOString(),entries_up_to:r,entries:i,records:o,head:n.head};V(`courier-access.json`,`application/json`,[JSON.stringify(s,null,1)])}async takeVerifier(){let{name:e,program:t}=await this.access.verifier(this.building.building);V(e,`text/x-python`,[t])}async working(e){this.busy=!0,await this.act(e),this.busy=!1}};g([e()],B.prototype,`busy`,void 0),B=g([o(`courier-access-record`)],B);function V(e,t,n){let r=URL.createObjectURL(new Blob(n,{type:t})),i=document.createElement(`a`);i.href=r,i.download=e,i.click(),URL.revokeObjectURL(r)}var ze=50,H=class extends C{constructor(...e){super(...e),this.news=0,this.next=null,this.courier=``,this.decision=``,this.asked=0,this.reads=!1}static{this.styles=[C.styles,r`
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
    `]}connectedCallback(){super.connectedCallback(),this.seen=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&this.more()})}disconnectedCallback(){super.disconnectedCallback(),this.seen?.disconnect()}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building?this.begin():e.has(`news`)&&this.renew()}updated(){let e=this.renderRoot.querySelector(`#more`);this.seen?.disconnect(),e&&this.seen?.observe(e)}render(){return p`
      <section>
        <h2>${this.words.say(`page_came`)}</h2>
        <p class="soft">${this.say(`came_says`,{days:this.building.retention_days})}</p>
        <div class="row" role="search">
          <label
            >${this.words.say(`csv_courier`)}
            <select @change=${e=>this.filter({courier:U(e)})}>
              <option value="">${this.say(`all`)}</option>
              ${this.building.couriers.map(({courier:e,name:t})=>p`<option value=${e} .selected=${e===this.courier}>${t}</option>`)}
            </select>
          </label>
          <label
            >${this.words.say(`csv_decision`)}
            <select @change=${e=>this.filter({decision:U(e)})}>
              <option value="">${this.say(`all`)}</option>
              ${[`admitted`,`refused`,`observed`].map(e=>p`<option value=${e} .selected=${e===this.decision}>
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
    `}list(){return this.pages===void 0?p`<p role="status">${this.say(`loading`)}</p>`:this.pages.length===0?p`<p>${this.words.say(`page_came_none`)}</p>`:p`
      ${S(this.pages,(e,t)=>t===0?`newest`:e.at(-1)?.record,(e,t)=>p`
          <ul class="page" aria-live=${t===0?`polite`:`off`} aria-relevant="additions">
            ${Le([e,this.words],()=>S(e,e=>e.record,e=>this.entry(e)))}
          </ul>
        `)}
      ${this.next===null?t:p`<button id="more" @click=${()=>this.more()}>${this.say(`more`)}</button>`}
    `}entry(e){return p`
      <li data-record=${e.record}>
        <details>
          <summary>
            ${this.words.say(`notification_${_e(e)}`,{courier:e.courier,door:e.door,time:this.words.moment(e.at)})}
            ${e.units?.length?p`<strong>${e.units.map(e=>this.words.say(`notification_unit`,{unit:e})).join(` `)}</strong>`:t}
          </summary>
          ${e.decision===`refused`?p`<p>${this.words.say(`notification_reason_${e.reason}`)}</p>`:t}
          ${e.proof===`signed`?t:p`<p>${this.words.say(`page_proof`,{proof:this.words.say(`csv_${e.proof}`)})}</p>`}
          ${e.parcel_ref?p`<p>${this.words.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:t}
          ${e.driver_ref?p`<p>${this.words.say(`csv_driver`)}: ${e.driver_ref}</p>`:t}
          ${e.details_erased?p`<p class="soft">${this.words.say(`page_erased`)}</p>`:t}
          ${e.repeats>0?p`<p>${this.words.say(`page_repeats`,{count:e.repeats})}</p>`:t}
          ${e.completed_at?p`<p>${this.say(`completed`,{time:this.words.moment(e.completed_at)})}</p>`:t}
          ${e.notifications?.map(e=>p`<p class="soft">${e.resident??`–`}: ${this.say(`notification_${e.state}`)}</p>`)}
          <p class="soft">${this.words.say(`csv_record`)} ${e.record}</p>
        </details>
      </li>
    `}filter(e){this.courier=e.courier??this.courier,this.decision=e.decision??this.decision,this.begin()}begin(){this.pages=void 0,this.next=null,this.renew()}async renew(){await this.take(async()=>{let e=await this.access.entries(this.building.building,this.wanted()),t=pe(this.pages??[],e.entries);return[t,t.length>1?this.next:e.next]})}async more(){let e=this.next;e===null||this.reads||(this.reads=!0,await this.take(async()=>{let t=await this.access.entries(this.building.building,this.wanted(e));return[he(this.pages??[],e,t.entries),t.next]}),this.reads=!1,this.requestUpdate())}async take(e){let t=++this.asked;try{let[n,r]=await e();t===this.asked&&([this.pages,this.next]=[n,r])}catch(e){this.tell({text:this.words.refusal(e)})}}wanted(e){return{limit:ze,...e!==void 0&&{before:e},...this.courier&&{courier:this.courier},...this.decision&&{decision:this.decision}}}};g([b({type:Number})],H.prototype,`news`,void 0),g([e()],H.prototype,`pages`,void 0),g([e()],H.prototype,`next`,void 0),g([e()],H.prototype,`courier`,void 0),g([e()],H.prototype,`decision`,void 0),H=g([o(`courier-access-entries`)],H);function U(e){return e.target.value}function W(e,t,n,r=!1){return p`
    <section>
      <details ?open=${r}>
        <summary>
          <h2>${e}</h2>
          <span class="set soft">${t}</span>
          ${D(`open`)}
        </summary>
        <div class="inside">${n}</div>
      </details>
    </section>
  `}var G=class extends C{constructor(...e){super(...e),this.code=``}static{this.styles=[C.styles,r`
      .code {
        font-size: 1.6rem;
        font-weight: 500;
        letter-spacing: 0.12em;
      }
    `]}willUpdate(e){let t=e.get(`resident`);t&&t.resident!==this.resident.resident&&(this.code=``)}render(){let e=this.resident.has_address_code;return W(this.say(`address_code`),e?this.say(`address_code_set`):this.say(`address_code_not_set`),p`
        <p class="soft">${this.say(`address_code_says`)}</p>
        ${this.code?p`<div role="status">
              <p class="code">${this.code}</p>
              <p>${this.say(`address_code_new`)}</p>
            </div>`:p`<p>${e?this.say(`address_code_has`):this.say(`address_code_none`)}</p>`}
        <button @click=${()=>this.renew()}>${this.say(`renew`)}</button>
      `)}async renew(){await this.act(async()=>{let e=await this.access.renewAddressCode(this.building.building,this.resident.resident);this.code=e.address_code})}};g([b({attribute:!1})],G.prototype,`resident`,void 0),g([e()],G.prototype,`code`,void 0),G=g([o(`courier-access-address-code`)],G);function Be(e,t,n){let[r,...i]=t.filter(e=>(e.to??e.from)>=n).sort((e,t)=>e.from<t.from?-1:1);return r?Ve(e,r)+(i.length?` +${i.length}`:``):e.say(`panel_days_off_none`)}function Ve(e,{from:t,to:n}){let r=t=>e.date(t,{day:`numeric`,month:`short`,year:`numeric`});return n===void 0||n===t?r(t):e.say(`page_from_to`,{first:r(t),last:r(n)})}function He(e,t){return ge(t)?e.say(`page_closed`):(t.windows??[]).map(({from:t,to:n})=>e.hours(l(t),l(n))).join(`, `)}function Ue(e,t,n){let r=t.flatMap(({courier:t,name:r})=>{let i=n.couriers[t];return i&&i!==n.default?`${r}: ${e.say(`panel_attitude_${i}`)}`:[]});return[`${e.say(`panel_by_default`)}: ${e.say(`panel_attitude_${n.default}`)}`,...r].join(` · `)}function We(e,t){let n=t.digest_at;return[e.say(t.share_hours?`panel_hours_shared`:`panel_hours_private`),n===null?e.say(`panel_digest_none`):e.say(`panel_digest_daily`,{time:e.clock(l(n))})].join(` · `)}var K=class extends n{constructor(...e){super(...e),this.exceptions=[],this.today=``,this.month=``}static{this.styles=[w,r`
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
        border-color: transparent;
      }
      td button[aria-pressed="true"] {
        border: 2px solid var(--error-color, #db4437);
        text-decoration: line-through;
      }
      td button.other {
        border: 2px dashed var(--primary-color, #009ac7);
      }
    `]}render(){let e=this.month||this.today.slice(0,7),t=me(e,1),n=[`01`,`02`,`03`,`04`,`05`,`06`,`07`].map(e=>`2024-01-${e}`),r=this.words.date(`${e}-01`,{month:`long`,year:`numeric`});return p`
      <div class="row">
        <button aria-label=${this.say(`month_before`)} @click=${()=>this.month=E(e,-1)}>
          ‹
        </button>
        <span class="grow" aria-live="polite">${r}</span>
        <button aria-label=${this.say(`month_after`)} @click=${()=>this.month=E(e,1)}>
          ›
        </button>
      </div>
      <table aria-label=${r}>
        <thead>
          <tr>
            ${n.map(e=>p`<th scope="col" abbr=${this.words.date(e,{weekday:`long`})}>
                  ${this.words.date(e,{weekday:`narrow`})}
                </th>`)}
          </tr>
        </thead>
        <tbody>
          ${t.map(e=>p`<tr>${e.map(e=>p`<td>${this.cell(e)}</td>`)}</tr>`)}
        </tbody>
      </table>
      ${this.others()}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}cell(e){if(!e)return t;let n=le(this.exceptions,e),r=n!==void 0&&ge(n),i=this.words.date(e,{weekday:`long`,day:`numeric`,month:`long`});return p`
      <button
        data-date=${e}
        class=${n&&!r?`other`:``}
        aria-pressed=${r}
        aria-label=${r?this.say(`day_off`,{date:i}):i}
        ?disabled=${e<this.today}
        @click=${()=>this.emit(ue(this.exceptions,e))}
      >
        ${Number(e.slice(8))}
      </button>
    `}others(){let e=this.exceptions.filter(e=>(e.to??e.from)>=this.today);return p`
      ${e.length?p`<ul>
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
    `}line(e){let t=Ve(this.words,e),n=He(this.words,e);return p`
      <li class="row">
        <span class="grow">${this.words.say(`page_hours_line`,{days:t,hours:n})}</span>
        <button
          aria-label=${this.say(`remove_named`,{name:t})}
          @click=${()=>this.emit(this.exceptions.filter(t=>t!==e))}
        >
          ${this.say(`delete`)}
        </button>
      </li>
    `}add(e){e.preventDefault();let t=e.target,[n,r,i,a]=[`first`,`last`,`from`,`to`].map(e=>String(new FormData(t).get(e)??``)),o=i&&a?[{from:i,to:a===`00:00`?`24:00`:a}]:[],s={from:n,to:r>=n?r:n,...o.length&&{windows:o}};t.reset(),this.emit(ve(this.exceptions,s))}emit(e){let t=e.filter(e=>(e.to??e.from)<this.today),n=e.filter(e=>!t.includes(e));this.dispatchEvent(new CustomEvent(`ca-exceptions`,{detail:n,bubbles:!0,composed:!0}))}};g([b({attribute:!1})],K.prototype,`words`,void 0),g([b({attribute:!1})],K.prototype,`exceptions`,void 0),g([b()],K.prototype,`today`,void 0),g([e()],K.prototype,`month`,void 0),K=g([o(`courier-access-days-off`)],K);var Ge=[`binary_sensor`,`calendar`,`device_tracker`,`group`,`input_boolean`,`person`,`schedule`,`switch`],q=class extends n{constructor(...e){super(...e),this.entities=[],this.name=``,this.heading=``}static{this.styles=[w]}render(){let e=Object.values(this.home.states).filter(e=>e!==void 0).filter(({entity_id:e})=>Ge.includes(e.split(`.`)[0]??``)&&!this.entities.includes(e)).map(({entity_id:e})=>[e,this.nameOf(e)]).sort(([,e],[,t])=>e.localeCompare(t));return p`
      <h3>${this.heading}</h3>
      <ul>
        ${this.entities.map(e=>p`
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
          ${e.map(([e,t])=>p`<option value=${e}>${t}</option>`)}
        </select>
      </label>
    `}nameOf(e){return this.home.states[e]?.attributes.friendly_name??e}add(e){let t=e.target,n=t.value;t.value=``,n&&this.emit([...this.entities,n])}emit(e){let t={[this.name]:e};this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:t,bubbles:!0,composed:!0}))}};g([b({attribute:!1})],q.prototype,`home`,void 0),g([b({attribute:!1})],q.prototype,`words`,void 0),g([b({attribute:!1})],q.prototype,`entities`,void 0),g([b()],q.prototype,`name`,void 0),g([b()],q.prototype,`heading`,void 0),q=g([o(`courier-access-linked`)],q);var Ke=class{constructor(e,t,n,r,i){this.access=e,this.building=t,this.resident=n,this.show=r,this.refused=i,this.queue=Promise.resolve(),this.waiting=0}async load(){if(!this.waiting)try{let e=await this.access.rules(this.building,this.resident);this.waiting||this.take(e)}catch(e){this.refused(e)}}async change(e,t=!1){let n=this.kept;if(!n)return!1;this.waiting++;let{consent:r,...i}=e;this.take({...n,...i,consent:Je(r,n.consent)});let a=this.queue.then(()=>this.send(e,n,t));return this.queue=a,a}async undo(){let e=this.last;this.last=void 0,e&&await this.change(e,!0)}async send(e,t,n){let r=this.kept?.revision??t.revision;try{let i=await this.access.setRules(this.building,this.resident,r,e);return n||(this.last=qe(t,e)),this.waiting--,this.waiting&&this.kept?this.kept={...this.kept,revision:i.revision}:this.take(i),!0}catch(e){return this.waiting--,this.refused(e),await this.load(),!1}}take(e){this.kept=e,this.show(e)}};function qe(e,t){let n=Object.keys(t).filter(e=>e!==`consent`);return Object.fromEntries(n.map(t=>[t,e[t]]))}function Je(e,t){return e===void 0?t:e?`given`:`withdrawn`}function Ye(e,t,n){let{[t]:r,...i}=e;return n===void 0?i:{...i,[t]:n}}var J=[`allow`,`ask`,`deny`],Y=class extends C{constructor(...e){super(...e),this.chosen=``,this.sending=0}static{this.styles=[C.styles,r`
      .proof {
        padding-inline-start: 16px;
      }
    `]}willUpdate(e){let t=this.resident;if(!t)return;let n=e.get(`building`);!this.draft||this.draft.resident!==t.resident?(this.rules=void 0,this.draft=new Ke(this.access,this.building.building,t.resident,e=>this.rules=e,e=>this.tell({text:this.words.refusal(e)})),this.draft.load()):n&&this.draft.load()}render(){let{resident:e,rules:n}=this;return e?n?p`
      ${T(this.building).length>1?this.choice():t}
      <div
        aria-busy=${this.sending>0}
        @ca-rules=${e=>this.change(e.detail)}
        @ca-consent=${e=>this.change({consent:e.detail})}
        @ca-week=${e=>this.change({windows:c(e.detail)})}
        @ca-exceptions=${e=>this.change({exceptions:e.detail})}
      >
        ${n.consent===`given`?t:p`<section>
              <h2>${this.words.say(`page_consent`)}</h2>
              ${this.consent(n)}
            </section>`}
        ${this.week(y(d(n.windows)))}
        ${W(this.say(`days_off`),Be(this.words,n.exceptions,this.today),p`<p class="soft">${this.say(`days_off_says`)}</p>
            <courier-access-days-off
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
        ${n.consent===`given`?W(this.words.say(`page_consent`),p`<span data-consent="given">${this.words.say(`page_consent_given`)}</span>`,this.consent(n)):t}
      </div>
    `:p`<section><p role="status">${this.say(`loading`)}</p></section>`:p`<section><p>${this.say(`no_residence`)}</p></section>`}week(e){let n=h(e);return W(this.words.say(`page_hours_heading`),be(this.words,e),p`
        ${this.elsewhere()}
        <div class="chips" role="group" aria-label=${this.words.say(`page_hours_heading`)}>
          ${Object.keys(f).map(e=>p`
              <button
                data-preset=${e}
                aria-pressed=${e===n}
                @click=${()=>e!==n&&this.change({windows:c(f[e])})}
              >
                ${this.presetName(e)}
              </button>
            `)}
        </div>
        <courier-access-week .words=${this.words} .spans=${e}></courier-access-week>
        ${e.length?t:p`<p>${this.words.say(`page_hours_none`)}</p>`}
      `,!0)}presetName(e){let[t]=f[e],n=t&&e!==`always`?` ${this.words.hours(t.from,t.to)}`:``;return this.say(`week_${e}`)+n}get resident(){return T(this.building).find(({resident:e})=>e===this.chosen)??T(this.building)[0]}get today(){return new Intl.DateTimeFormat(`en-CA`,{timeZone:this.words.zone}).format(/* @__PURE__ */ new Date)}choice(){return p`
      <section>
        <label
          >${this.say(`which_unit`)}
          <select @change=${e=>this.chosen=e.target.value}>
            ${T(this.building).map(({resident:e,unit:t})=>p`<option value=${e}>${t}</option>`)}
          </select>
        </label>
      </section>
    `}consent(e){return p`<courier-access-consent .words=${this.words} consent=${e.consent}></courier-access-consent>`}elsewhere(){return this.words.readerIsElsewhere?p`<p class="status bad">${this.say(`elsewhere`,{zone:this.words.zone})}</p>`:t}couriers(e){return W(this.say(`couriers`),Ue(this.words,this.building.couriers,e),p`
        <p class="soft">${this.say(`couriers_says`)}</p>
        <p>
          <label
            >${this.say(`by_default`)}
            ${this.attitude(e.default,e=>e&&this.change({default:e}),!1)}
          </label>
        </p>
        ${e.default===`allow`?this.proof(this.say(`by_default`),e.default_proof,e=>e&&this.change({default_proof:e}),!1):t}
        ${this.building.couriers.map(({courier:n,name:r})=>p`
            <p>
              <label
                >${r}
                ${this.attitude(e.couriers[n],t=>this.decide(e,n,t))}
              </label>
            </p>
            ${(e.couriers[n]??e.default)===`allow`?this.proof(r,e.proofs[n],t=>this.change({proofs:Ye(e.proofs,n,t)})):t}
          `)}
      `)}attitude(e,n,r=!0){return p`
      <select
        @change=${e=>{let t=e.target.value;n(J.find(e=>e===t))}}
      >
        ${r?p`<option value="" .selected=${e===void 0}>${this.say(`as_default`)}</option>`:t}
        ${J.map(t=>p`
            <option value=${t} .selected=${t===e}>${this.say(`attitude_${t}`)}</option>
          `)}
      </select>
    `}decide(e,t,n){this.change({couriers:Ye(e.couriers,t,n)})}proof(e,n,r,i=!0){return p`
      <p>
        <label class="proof"
          >${this.say(`proof`)}
          <select
            aria-label=${`${e}: ${this.say(`proof`)}`}
            @change=${e=>{let t=e.target.value;r(x.find(e=>e===t))}}
          >
            ${i?p`<option value="" .selected=${n===void 0}>${this.say(`as_default`)}</option>`:t}
            ${x.map(e=>p`
                <option value=${e} .selected=${e===n}>${this.say(`proof_${e}`)}</option>
              `)}
          </select>
        </label>
      </p>
    `}conditions(e){let t=[...e.only_while,...e.never_while].map(e=>this.home.states[e]?.attributes.friendly_name??e);return W(this.say(`conditions`),t.join(`, `)||this.say(`conditions_none`),p`
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
      `)}sharing(e){return W(this.say(`sharing`),We(this.words,e),p`
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
      `)}async change(e){let{draft:t}=this;if(!t)return;this.sending++;let n=await t.change(e);if(this.sending--,!n)return;let r=e.consent!==void 0;this.tell({text:r?this.words.say(e.consent?`page_said_give_consent`:`page_said_withdraw_consent`):this.say(`kept`),...!r&&{undo:()=>void this.undo(t)}})}async undo(e){this.sending++,await e.undo(),this.sending--}};g([e()],Y.prototype,`chosen`,void 0),g([e()],Y.prototype,`rules`,void 0),g([e()],Y.prototype,`sending`,void 0),Y=g([o(`courier-access-hours`)],Y);var X=[`now`,`hours`,`entries`,`deliveries`],Z=`building`,Q=class extends n{constructor(...e){super(...e),this.narrow=!1,this.chosen=``,this.following=new ae(this)}static{this.styles=[w,r`
      :host {
        min-height: 100%;
        background: var(--primary-background-color, #fafafa);
        padding-block-end: env(safe-area-inset-bottom);
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 56px;
        box-sizing: border-box;
        padding: calc(4px + env(safe-area-inset-top)) 12px 4px;
        background: var(--ha-card-background, var(--card-background-color, #fff));
        border-block-end: 1px solid var(--divider-color, #d0d0d0);
      }
      h1 {
        font-size: 1.2rem;
        font-weight: 400;
        margin: 0;
      }
      .menu {
        display: grid;
        place-items: center;
        width: 44px;
        border: 0;
        padding: 0;
        margin-inline-start: -8px;
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
    `]}get hass(){return this.following.home}set hass(e){this.following.home=e}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.fading)}willUpdate(e){e.has(`route`)&&(this.chosen=new URLSearchParams(location.search).get(`building`)??this.chosen)}render(){let{words:e}=this.following;if(!e)return p``;let n=this.current;return p`
      <header>
        ${this.narrow?p`<button class="menu" aria-label=${e.say(`panel_menu`)} @click=${()=>this.toggleMenu()}>
              ${D(`menu`)}
            </button>`:t}
        <h1 class="grow">${n?.name??e.say(`panel_sidebar`)}</h1>
        ${this.choice(e)}
      </header>
      ${n?this.views(e,n):p`<main>${this.nothing(e)}</main>`}
      <div role="status" aria-live="polite">${this.toast(e)}</div>
    `}get current(){let{all:e}=this.following;return e.find(({building:e})=>e===this.chosen)??e[0]}viewsOf(e){return $(e)?e.is_owner?T(e).length?[...X,Z]:[Z,...X.filter(e=>e!==`hours`)]:X:[Z]}viewOf(e){let t=this.route?.path.replace(/^\//,``),n=this.viewsOf(e);return n.find(e=>e===t)??n[0]??`now`}nothing(e){return this.following.failure?p`<p class="status bad" role="alert">${this.following.failure}</p>`:p`<p role="status">${e.say(this.following.absence)}</p>`}choice(e){let{all:n}=this.following;return n.length<2?t:p`
      <select
        aria-label=${e.say(`panel_which_building`)}
        @change=${e=>this.chosen=e.target.value}
      >
        ${n.map(({building:e,name:t})=>p`<option value=${e} .selected=${e===this.current?.building}>${t}</option>`)}
      </select>
    `}views(e,n){let r=this.viewOf(n);return p`
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
        ${this.following.failure?p`<p class="status bad" role="alert">${this.following.failure}</p>`:t}
        ${$(n)&&!this.following.isReady(n)?p`<p class="status bad" role="status">${e.say(`panel_not_ready`)}</p>`:t}
        ${$(n)&&r!==Z?this.shown(e,n,r):p`<courier-access-building
              .home=${this.hass} .words=${e} .access=${this.following.access} .building=${n}
              .news=${this.following.ownersNews} .whole=${$(n)}
            ></courier-access-building>`}
      </main>
    `}shown(e,t,n){let{home:r,access:i,news:a}=this.following;switch(n){case`now`:return p`<courier-access-now
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-now>`;case`hours`:return p`<courier-access-hours
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-hours>`;case`entries`:return p`<courier-access-entries
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
    `:t}};g([b({type:Boolean,reflect:!0})],Q.prototype,`narrow`,void 0),g([b({attribute:!1})],Q.prototype,`route`,void 0),g([e()],Q.prototype,`chosen`,void 0),g([e()],Q.prototype,`told`,void 0),Q=g([o(`courier-access-panel`)],Q);function $(e){return`doors`in e}export{Q as Panel};