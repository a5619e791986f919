import{C as e,D as t,E as n,M as r,O as i,S as a,T as o,_ as s,a as c,b as l,c as u,d,f,g as ee,h as p,i as m,k as h,l as g,m as te,n as _,o as v,p as ne,r as y,s as re,t as ie,u as ae,v as oe,w as b,x as se,y as ce}from"./following-86071785.js";import{_ as x,a as le,b as S,c as ue,d as de,f as fe,g as C,h as w,i as pe,l as me,m as he,n as ge,o as _e,p as ve,r as ye,s as be,t as T,u as xe,v as E,y as D}from"./now-67d77837.js";var Se=`important`,Ce=` !`+Se,O=E(class extends D{constructor(e){if(super(e),e.type!==S.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[t]){let{style:n}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let e of this.ft)t[e]??(this.ft.delete(e),e.includes(`-`)?n.removeProperty(e):n[e]=null);for(let e in t){let r=t[e];if(r!=null){this.ft.add(e);let t=typeof r==`string`&&r.endsWith(Ce);e.includes(`-`)||t?n.setProperty(e,t?r.slice(0,-11):r,t?Se:``):n[e]=r}}return i}});function k(e,t){return e.date(`2024-01-0${t+1}`,{weekday:`short`})}function we(e,t){let n=te(t);return n===`always`||n===`none`?e.say(`panel_week_${n}`):c(t).map(({days:t,windows:n})=>`${Te(e,t)} ${n.map(({from:t,to:n})=>e.hours(t,n)).join(`, `)}`).join(` · `)}function Te(e,t){return t.length===7?e.say(`page_every_day`):ce(t).map(([t,n])=>{let r=n===t+1?`, `:`–`;return t===n?k(e,t):k(e,t)+r+k(e,n)}).join(`, `)}var Ee=10,De=5,Oe=60,ke=60,Ae=44,je={from:480,to:1080},A=class extends n{constructor(...e){super(...e),this.spans=[]}static{this.styles=[x,r`
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
    `]}render(){let e=this.shown??this.spans;return h`
      <p class="soft">${this.say(`week_how`)}</p>
      <p class="quiet" id="keys">${this.say(`week_keys`)}</p>
      <div class="scale" aria-hidden="true">
        <div class="hours">
          ${[0,6,12,18,24].map(e=>h`<span style=${O({"inset-inline-start":`${e/24*100}%`})}>${e}</span>`)}
        </div>
      </div>
      ${a.map((t,n)=>this.day(t,n,e))} ${this.editor()}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}day(e,n,r){let i=this.words.say(`page_${e}`),a=r.filter(e=>e.day===n),o=a.map(({from:e,to:t})=>this.words.hours(e,t)),s=ne(a,o.map(e=>ke+Ae*e.length));return h`
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
            ${a.map((e,t)=>this.label(e,s[t],o[t]))}
          </div>
          ${this.held?.day===n?this.bubble(this.held):t}
        </div>
        <button class="more" aria-label=${this.say(`week_add`,{day:i})} @click=${()=>this.add(n)}>
          +
        </button>
      </div>
    `}label({from:e,to:n},r,i){if(r===void 0||r===`nowhere`)return t;let a={in:{"inset-inline-start":j(e),width:j(n-e)},before:{"inset-inline-end":j(y-e)},after:{"inset-inline-start":j(n)}}[r];return h`<span class="label" aria-hidden="true" style=${O(a)}>${i}</span>`}bubble({from:e,to:t}){let n=Math.min(y*.85,Math.max(y*.15,(e+t)/2));return h`<span class="bubble" aria-hidden="true" style=${O({"inset-inline-start":j(n)})}
      >${this.words.hours(e,t)}</span
    >`}window(e,t){let n=this.chosen?.day===e.day&&this.chosen.from===e.from,r=e.from===0&&e.to===1440;return h`
      <button
        class="window"
        data-from=${v(e.from)}
        data-to=${v(e.to)}
        aria-pressed=${n}
        aria-describedby="keys"
        aria-label=${r?this.words.say(`page_hours_line`,{days:t,hours:this.say(`all_day`)}):this.say(`week_window`,{day:t,from:this.words.clock(e.from),to:this.words.clock(e.to)})}
        style=${O({"inset-inline-start":j(e.from),width:j(e.to-e.from)})}
        @click=${()=>this.chosen=e}
        @keydown=${t=>this.key(t,e)}
      ></button>
    `}get current(){let{chosen:e}=this;return e&&g(this.spans,e.day,e.from)}editor(){let e=this.current;if(!e)return h``;let n=this.words.say(`page_${a[e.day]??`monday`}`),r=e.from===0&&e.to===1440;return h`
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
              ${a.map((n,r)=>r===e.day?t:h`<option value=${r}>${this.words.say(`page_${n}`)}</option>`)}
            </select>
          </label>
        </div>
      </div>
    `}times(e){return h`
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
    `}whole(e,t){this.change(e,{...e,...t?{from:0,to:y}:je})}add(e){let t=oe(this.spans,e);t&&this.change(void 0,t),this.focusOn(e)}retime(e,t,n){let r=n.target.value;if(!r)return;let i=d(r);this.change(e,s(e,t,t===`to`&&i===0?y:i))}copy(e,t){let n=t.target,r={all:[0,1,2,3,4,5,6],workdays:[0,1,2,3,4]}[n.value],i=re(this.spans,e,r??[Number(n.value)]);n.value=``,this.emit(i)}key(e,t){let n=getComputedStyle(this).direction===`rtl`?`ArrowLeft`:`ArrowRight`,r=n===`ArrowLeft`?`ArrowRight`:`ArrowLeft`,i={[n]:15,[r]:-15}[e.key],a=t;if(i!==void 0)a=e.shiftKey?s(t,`to`,t.to+i):f(t,t.day,t.from+i);else if(e.key===`ArrowDown`||e.key===`ArrowUp`)a=f(t,t.day+(e.key===`ArrowDown`?1:-1),t.from);else if(e.key===`Delete`||e.key===`Backspace`)a=void 0;else return;e.preventDefault(),this.change(t,a),this.focusOn(a?.day??t.day)}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelectorAll(`.day`)[e]?.querySelector(`.window[aria-pressed="true"], .more`)?.focus()})}begin(e,t){if(e.button!==0||this.drag)return;let n=e.target,r=e.currentTarget,i=this.minuteOf(e,r),a=n.classList.contains(`window`)?g(this.spans,t,this.inside(i)):void 0;this.drag={grip:a?this.grip(e,n):`draw`,pointer:e.pointerId,began:{x:e.clientX,at:i},span:a,row:t,moves:!1},r.setPointerCapture(e.pointerId)}follow(e){let{drag:t}=this;t?.pointer===e.pointerId&&(t.moves||=Math.abs(e.clientX-t.began.x)>De||this.rowOf(e)!==t.row,t.moves&&(this.held=this.dragged(t,e),this.shown=ee(this.spans,t.span,this.held)))}end(e){let{drag:t}=this;t?.pointer===e.pointerId&&(this.leave(),t.moves?this.change(t.span,this.dragged(t,e)):t.span?this.chosen=t.span:this.change(void 0,u(t.row,t.began.at,t.began.at+Oe)))}leave(){this.drag=void 0,this.shown=this.held=void 0}dragged(e,t){let n=this.minuteOf(t,t.currentTarget),{span:r}=e;return r?e.grip===`move`?f(r,this.rowOf(t)??e.row,r.from+n-e.began.at):s(r,e.grip===`from`?`from`:`to`,n):u(e.row,e.began.at,n)}grip(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect();if(i<30)return`move`;let[a,o]=this.isRightToLeft?[`to`,`from`]:[`from`,`to`];return e.clientX-n<Ee?a:r-e.clientX<Ee?o:`move`}get isRightToLeft(){return getComputedStyle(this).direction===`rtl`}minuteOf(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect(),a=this.isRightToLeft?r-e.clientX:e.clientX-n;return Math.min(y,Math.max(0,a/i*y))}inside(e){return Math.min(y-1,Math.floor(e))}rowOf(e){let t=[...this.renderRoot.querySelectorAll(`.track`)].findIndex(t=>{let{top:n,bottom:r}=t.getBoundingClientRect();return n<=e.clientY&&e.clientY<=r});return t<0?this.drag?.row:t}change(e,t){let n=ee(this.spans,e,t),r=t&&g(n,t.day,t.from);this.chosen=r&&{day:r.day,from:r.from},this.emit(n)}emit(e){this.spans=e,this.dispatchEvent(new CustomEvent(`ca-week`,{detail:e,bubbles:!0,composed:!0}))}};_([b({attribute:!1})],A.prototype,`words`,void 0),_([b({attribute:!1})],A.prototype,`spans`,void 0),_([e()],A.prototype,`shown`,void 0),_([e()],A.prototype,`held`,void 0),_([e()],A.prototype,`chosen`,void 0),A=_([o(`courier-access-week`)],A);function j(e){return`${e/y*100}%`}var Me={unauthenticated:`signature`,malformed:`form`,unsupported:`form`,too_large:`form`,slow_body:`form`,id_reused:`form`,in_flight:`often`,rate_limited:`often`,door_busy:`door`,door_unavailable:`door`,not_ready:`building`,ledger_unavailable:`building`,clock_untrusted:`building`};function Ne(e){let t=Me[e];return t?`panel_problem_${t}`:`notification_reason_${e}`}function Pe({consent:e,on_paper:t}){return t?e===`given`?`given_on_paper`:`refused_on_paper`:e}function Fe(e){return!e.has_way||!!e.unreachable_since}function Ie(e,t){return e.residents.find(({resident:e})=>e===t.subject)}function Le({issues:e,record:t}){let n=e=>Number(e.kind===t.kept_out_by);return[...e].sort((e,t)=>n(t)-n(e))}function Re(e,t){let[n,r]=e<1e6?[Math.max(1,Math.round(e/1e3)),`kilobyte`]:[e/1e6,`megabyte`];return new Intl.NumberFormat(t,{style:`unit`,unit:r,maximumFractionDigits:1}).format(n)}function ze(e,t){return JSON.stringify(p(e))===JSON.stringify(p(t))}var M=class extends w{constructor(...e){super(...e),this.kept={},this.busy=!1}willUpdate(e){e.has(`kept`)&&this.drawn&&ze(this.drawn,this.kept)&&(this.drawn=void 0)}render(){let e=this.drawn??this.kept,n=!ze(e,this.kept);return h`
      <section aria-busy=${this.busy}>
        <h2>${this.say(`building_hours`)}</h2>
        <p class="soft">${this.say(`building_hours_says`)}</p>
        ${this.words.readerIsElsewhere?h`<p class="status bad">${this.say(`elsewhere`,{zone:this.words.zone})}</p>`:t}
        <courier-access-week
          .words=${this.words}
          .spans=${ae(p(e))}
          @ca-week=${e=>this.drawn=l(e.detail)}
        ></courier-access-week>
        ${Object.keys(e).length?t:h`<p>${this.say(`building_hours_none`)}</p>`}
        <div class="row">
          <button class="main" ?disabled=${!n||this.busy} @click=${()=>this.keep(e)}>
            ${this.say(`save`)}
          </button>
          <button ?disabled=${!n||this.busy} @click=${()=>this.drawn=void 0}>
            ${this.say(`cancel`)}
          </button>
        </div>
      </section>
    `}async keep(e){let t=this.kept;this.busy=!0;let n=await this.act(()=>this.access.setHours(this.building.building,e));this.busy=!1,n&&(this.kept=e,this.drawn=void 0,this.tell({text:this.say(`kept`),undo:()=>void this.keep(t)}))}};_([b({attribute:!1})],M.prototype,`kept`,void 0),_([e()],M.prototype,`drawn`,void 0),_([e()],M.prototype,`busy`,void 0),M=_([o(`courier-access-building-hours`)],M);var N=class extends w{constructor(...e){super(...e),this.busy=!1}render(){return h`
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
    `}answer(e){return h`
      ${this.record(e)}
      ${e.notifications?e.notifications.map(({record:e,standing:t})=>h`
              <p class="status ${t===`unchanged`?`good`:`bad`}">
                ${this.words.say(`page_standing_${t}`,{record:e})}
              </p>
            `):h`<p class="soft">${this.words.say(`page_checked_alone`)}</p>`}
    `}record(e){return e.intact?e.notifications?.some(({standing:e})=>e!==`unchanged`)?t:h`<p class="status good">${this.words.say(`page_checked_intact`,{count:e.records})}</p>`:h`<p class="status bad">
        ${this.words.say(`page_checked_broken`,{record:e.broken_at??0})}
      </p>`}async check(){let e=this.renderRoot.querySelector(`textarea`);this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,e?.value.trim()??``)}),this.busy=!1}};_([e()],N.prototype,`found`,void 0),_([e()],N.prototype,`busy`,void 0),N=_([o(`courier-access-check`)],N);var Be=[`https`,`cloud`],P=class extends w{constructor(...e){super(...e),this.busy=!1}render(){let{courier:e}=this;return h`
      <h3>${e.name}</h3>
      ${e.enabled?t:h`<p>${this.words.say(`notification_reason_courier_disabled`)}</p>`}
      ${e.doors.length?h`<p>${this.say(`courier_doors`,{doors:e.doors.join(`, `)})}</p>`:h`<p>${this.say(`courier_no_doors`)}</p>`}
      ${e.keys.length?this.messages(e):h`<p>${this.say(`key_none`)}</p>`}
    `}messages(e){return h`
      <p class="status ${Be.includes(e.reach)?`good`:`bad`}" data-reach=${e.reach}>
        ${this.say(`reach_${e.reach}`)}
      </p>
      ${e.keys.map(({kind:n,ends_at:r})=>h`
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
    `}refusals(){let{refusals:e,last_refusal:t}=this.courier;return t?this.say(`refusals`,{count:e,time:this.words.moment(t.at),why:this.words.say(Ne(t.why))}):``}answer({found:e,why:n}){let r=e===`good`||e===`answers`;return h`
      <p class="status ${r?`good`:`bad`}" data-found=${e}>
        ${this.say(`found_${e}`)} ${n?this.words.say(Ne(n)):t}
        ${r&&this.courier.reach===`nothing`?this.say(`found_inside`):t}
      </p>
    `}async test(){this.busy=!0,this.tried=void 0,await this.act(async()=>{this.tried=await this.access.test(this.building.building,this.courier.courier)}),this.busy=!1}};_([b({attribute:!1})],P.prototype,`courier`,void 0),_([e()],P.prototype,`tried`,void 0),_([e()],P.prototype,`busy`,void 0),P=_([o(`courier-access-courier`)],P);var Ve=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],He=1800,F=class extends w{constructor(...e){super(...e),this.news=0,this.whole=!0,this.reading=0}static{this.styles=[w.styles,r`
      .says {
        white-space: pre-line;
      }
      li.resident {
        content-visibility: auto;
        contain-intrinsic-size: auto 70px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.renewing=setInterval(()=>void this.read(),He*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.renewing)}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.owned=void 0),(e.has(`news`)||e.has(`building`))&&this.read()}async read(){let e=++this.reading;try{let t=await this.access.owned(this.building.building);e===this.reading&&(this.owned=t)}catch(e){this.owned||this.tell({text:this.words.refusal(e)})}}render(){let{owned:e}=this;return e?h`
      ${this.issues(e)} ${this.couriers(e)} ${this.doors(e)} ${this.residents(e)}
      ${this.record(e)}
      <courier-access-building-hours
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .kept=${e.hours}
      ></courier-access-building-hours>
    `:h`<section><p role="status">${this.say(`loading`)}</p></section>`}issues(e){return h`
      <section>
        <h2>${this.say(`needs_you`)}</h2>
        ${e.issues.length?h`<ul>
                ${Le(e).map(t=>this.issue(e,t))}
              </ul>
              <p><a href="/config/repairs">${this.say(`open_repairs`)}</a></p>`:h`<p class="status good">${this.say(`needs_nothing`)}</p>`}
      </section>
    `}issue(e,n){let r=Ie(e,n),i=n.is_fixable?``:this.words.issue(n.kind,`description`,n.placeholders);return h`
      <li data-issue=${n.kind}>
        <div class="status bad">
          <strong>${this.words.issue(n.kind,`title`,n.placeholders)}</strong>
          ${r?h`<p>${this.named(r)}</p>`:t}
          ${i?h`<p class="says">${i}</p>`:t}
        </div>
      </li>
    `}named({name:e,unit:t}){return this.say(`resident_of`,{name:e,unit:t})}couriers(e){return h`
      <section>
        <h2>${this.say(`couriers`)}</h2>
        ${e.couriers.length?h`<ul>
              ${e.couriers.map(e=>h`
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
            </ul>`:h`<p>${this.words.say(`page_lobby_couriers_none`)}</p>`}
      </section>
    `}doors(e){return h`
      <section>
        <h2>${this.say(`doors`)}</h2>
        <ul>
          ${e.doors.map(e=>this.door(e))}
        </ul>
      </section>
    `}door(e){let n=Ve.includes(e.position)?e.position:`unavailable`,r=e.available&&!e.left_open;return h`
      <li data-door=${e.door}>
        <h3>${e.name}</h3>
        <p class="status ${r?`good`:`bad`}">
          <strong>${this.say(`door_${n}`)}</strong>
          ${e.left_open?h`<br />${this.say(`left_open`)}`:t}
          ${e.available?t:h`<br />${this.unavailable(e)}`}
        </p>
        <p class="soft">
          ${this.opener(e)} ${this.say(`unlock_seconds`,{seconds:e.unlock_seconds})}
          ${this.say(e.contact?`contact_${e.contact}`:`contact_none`)}
        </p>
      </li>
    `}opener({opener:e}){if(e===null)return``;let t=this.home.states[e]?.attributes.friendly_name??e;return this.say(`opener`,{name:t})}unavailable(e){return e.opener_removed?this.say(`opener_removed`):e.unavailable_since?this.say(`opener_away_since`,{time:this.words.moment(e.unavailable_since)}):this.say(`opener_away`)}residents(e){return h`
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
    `}resident(e){let n=Pe(e);return h`
      <li class="resident" data-resident=${e.resident}>
        <strong>${this.named(e)}</strong>
        ${n?h`<p>${this.say(`consent_${n}`)}</p>`:t}
        ${e.waits_for_confirmation?h`<p>${this.say(`waits`)}</p>`:t}
        ${Fe(e)?h`<p class="status bad">${this.outOfReach(e)}</p>`:t}
      </li>
    `}outOfReach({unreachable_since:e}){return e?this.say(`unreachable_since`,{time:this.words.moment(e)}):this.say(`no_way`)}record(e){let{kept_out_by:n,records:r,newest_at:i,retention_days:a,notifications_pending:o}=e.record;return h`
      <section>
        <h2>${this.say(`record`)}</h2>
        <p class="status ${n?`bad`:`good`}" data-kept-out=${n??``}>
          <strong
            >${n?this.words.issue(n,`title`,{building:e.name}):this.say(`record_well`)}</strong
          >
        </p>
        <p>
          ${r===null?t:this.say(`record_has`,{count:r,size:Re(e.record_bytes,this.words.language)})}
          ${i?this.say(`record_newest`,{time:this.words.moment(i)}):t}
        </p>
        <p class="soft">
          ${this.say(`record_keeps`,{days:a})} ${o?this.say(`notifications_pending`,{count:o}):t}
        </p>
      </section>
      ${this.whole?h`<courier-access-check
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
          ></courier-access-check>`:t}
    `}};_([b({type:Number})],F.prototype,`news`,void 0),_([b({type:Boolean})],F.prototype,`whole`,void 0),_([e()],F.prototype,`owned`,void 0),F=_([o(`courier-access-building`)],F);var Ue={},We=E(class extends D{constructor(){super(...arguments),this.ot=Ue}render(e,t){return t()}update(e,[t,n]){if(Array.isArray(t)){if(Array.isArray(this.ot)&&this.ot.length===t.length&&t.every((e,t)=>e===this.ot[t]))return i}else if(this.ot===t)return i;return this.ot=Array.isArray(t)?Array.from(t):t,this.render(t,n)}}),Ge=500,I=class extends w{constructor(...e){super(...e),this.busy=!1}render(){return h`
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
          ${[[`page_take_entries_says`,`page_take_entries_link`,()=>this.takeSheet()],[`page_take_says`,`page_take_link`,()=>this.takeRecord()],[`page_take_verifier_says`,`page_take_verifier_link`,()=>this.takeVerifier()]].map(([e,t,n])=>h`
              <li>
                <p>${this.words.say(e)}</p>
                <button ?disabled=${this.busy} @click=${()=>this.working(n)}>
                  ${this.words.say(t)}
                </button>
              </li>
            `)}
        </ul>
      </section>
    `}async takeSheet(){let e=[],t;do{let n=await this.access.sheet(this.building.building,this.words.language,t);e.push(n.csv),t=n.next??void 0}while(t!==void 0);L(`courier-access.csv`,`text/csv`,e)}async takeRecord(){let{building:e,name:t}=this.building,n=await this.access.records(e,0),r=n.head.record,i=[],a=r+1;for(;a!==null;){let t=await this.access.entries(e,{limit:Ge,before:a});i.push(...t.entries),a=t.next}let o=[...n.records];for(;n.next!==null;)n=await this.access.records(e,n.next),o.push(...n.records);let s={about:this.words.say(`page_take_says`),building:t,exported_at:(/* @__PURE__ */ new Date()).toISOString(),entries_up_to:r,entries:i,records:o,head:n.head};L(`courier-access.json`,`application/json`,[JSON.stringify(s,null,1)])}async takeVerifier(){let{name:e,program:t}=await this.access.verifier(this.building.building);L(e,`text/x-python`,[t])}async working(e){this.busy=!0,await this.act(e),this.busy=!1}};_([e()],I.prototype,`busy`,void 0),I=_([o(`courier-access-record`)],I);function L(e,t,n){let r=URL.createObjectURL(new Blob(n,{type:t})),i=document.createElement(`a`);i.href=r,i.download=e,i.click(),URL.revokeObjectURL(r)}var Ke=50,R=class extends w{constructor(...e){super(...e),this.news=0,this.next=null,this.courier=``,this.decision=``,this.asked=0,this.reads=!1}static{this.styles=[w.styles,r`
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
    `]}connectedCallback(){super.connectedCallback(),this.seen=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&this.more()})}disconnectedCallback(){super.disconnectedCallback(),this.seen?.disconnect()}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building?this.begin():e.has(`news`)&&this.renew()}updated(){let e=this.renderRoot.querySelector(`#more`);this.seen?.disconnect(),e&&this.seen?.observe(e)}render(){return h`
      <section>
        <h2>${this.words.say(`page_came`)}</h2>
        <p class="soft">${this.say(`came_says`,{days:this.building.retention_days})}</p>
        <div class="row" role="search">
          <label
            >${this.words.say(`csv_courier`)}
            <select @change=${e=>this.filter({courier:qe(e)})}>
              <option value="">${this.say(`all`)}</option>
              ${this.building.couriers.map(({courier:e,name:t})=>h`<option value=${e} .selected=${e===this.courier}>${t}</option>`)}
            </select>
          </label>
          <label
            >${this.words.say(`csv_decision`)}
            <select @change=${e=>this.filter({decision:qe(e)})}>
              <option value="">${this.say(`all`)}</option>
              ${[`admitted`,`refused`,`observed`].map(e=>h`<option value=${e} .selected=${e===this.decision}>
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
    `}list(){return this.pages===void 0?h`<p role="status">${this.say(`loading`)}</p>`:this.pages.length===0?h`<p>${this.words.say(`page_came_none`)}</p>`:h`
      ${fe(this.pages,(e,t)=>t===0?`newest`:e.at(-1)?.record,(e,t)=>h`
          <ul class="page" aria-live=${t===0?`polite`:`off`} aria-relevant="additions">
            ${We([e,this.words],()=>fe(e,e=>e.record,e=>this.entry(e)))}
          </ul>
        `)}
      ${this.next===null?t:h`<button id="more" @click=${()=>this.more()}>${this.say(`more`)}</button>`}
    `}entry(e){return h`
      <li data-record=${e.record}>
        <details>
          <summary>
            ${this.words.say(`notification_${pe(e)}`,{courier:e.courier,door:e.door,time:this.words.moment(e.at)})}
            ${e.units?.length?h`<strong>${e.units.map(e=>this.words.say(`notification_unit`,{unit:e})).join(` `)}</strong>`:t}
          </summary>
          ${e.decision===`refused`?h`<p>${this.words.say(`notification_reason_${e.reason}`)}</p>`:t}
          ${e.proof===`signed`?t:h`<p>${this.words.say(`page_proof`,{proof:this.words.say(`csv_${e.proof}`)})}</p>`}
          ${e.parcel_ref?h`<p>${this.words.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:t}
          ${e.driver_ref?h`<p>${this.words.say(`csv_driver`)}: ${e.driver_ref}</p>`:t}
          ${e.details_erased?h`<p class="soft">${this.words.say(`page_erased`)}</p>`:t}
          ${e.repeats>0?h`<p>${this.words.say(`page_repeats`,{count:e.repeats})}</p>`:t}
          ${e.completed_at?h`<p>${this.say(`completed`,{time:this.words.moment(e.completed_at)})}</p>`:t}
          ${e.notifications?.map(e=>h`<p class="soft">${e.resident??`–`}: ${this.say(`notification_${e.state}`)}</p>`)}
          <p class="soft">${this.words.say(`csv_record`)} ${e.record}</p>
        </details>
      </li>
    `}filter(e){this.courier=e.courier??this.courier,this.decision=e.decision??this.decision,this.begin()}begin(){this.pages=void 0,this.next=null,this.renew()}async renew(){await this.take(async()=>{let e=await this.access.entries(this.building.building,this.wanted()),t=le(this.pages??[],e.entries);return[t,t.length>1?this.next:e.next]})}async more(){let e=this.next;e===null||this.reads||(this.reads=!0,await this.take(async()=>{let t=await this.access.entries(this.building.building,this.wanted(e));return[ye(this.pages??[],e,t.entries),t.next]}),this.reads=!1,this.requestUpdate())}async take(e){let t=++this.asked;try{let[n,r]=await e();t===this.asked&&([this.pages,this.next]=[n,r])}catch(e){this.tell({text:this.words.refusal(e)})}}wanted(e){return{limit:Ke,...e!==void 0&&{before:e},...this.courier&&{courier:this.courier},...this.decision&&{decision:this.decision}}}};_([b({type:Number})],R.prototype,`news`,void 0),_([e()],R.prototype,`pages`,void 0),_([e()],R.prototype,`next`,void 0),_([e()],R.prototype,`courier`,void 0),_([e()],R.prototype,`decision`,void 0),R=_([o(`courier-access-entries`)],R);function qe(e){return e.target.value}function z(e,t,n,r=!1){return h`
    <section>
      <details ?open=${r}>
        <summary>
          <h2>${e}</h2>
          <span class="set soft">${t}</span>
          ${T(`open`)}
        </summary>
        <div class="inside">${n}</div>
      </details>
    </section>
  `}var B=class extends w{constructor(...e){super(...e),this.code=``}static{this.styles=[w.styles,r`
      .code {
        font-size: 1.6rem;
        font-weight: 500;
        letter-spacing: 0.12em;
      }
    `]}willUpdate(e){let t=e.get(`resident`);t&&t.resident!==this.resident.resident&&(this.code=``)}render(){let e=this.resident.has_address_code;return z(this.say(`address_code`),e?this.say(`address_code_set`):this.say(`address_code_not_set`),h`
        <p class="soft">${this.say(`address_code_says`)}</p>
        ${this.code?h`<div role="status">
              <p class="code">${this.code}</p>
              <p>${this.say(`address_code_new`)}</p>
            </div>`:h`<p>${e?this.say(`address_code_has`):this.say(`address_code_none`)}</p>`}
        <button @click=${()=>this.renew()}>${this.say(`renew`)}</button>
      `)}async renew(){await this.act(async()=>{let e=await this.access.renewAddressCode(this.building.building,this.resident.resident);this.code=e.address_code})}};_([b({attribute:!1})],B.prototype,`resident`,void 0),_([e()],B.prototype,`code`,void 0),B=_([o(`courier-access-address-code`)],B);function Je(e,t,n){let[r,...i]=t.filter(e=>(e.to??e.from)>=n).sort((e,t)=>e.from<t.from?-1:1);return r?Ye(e,r)+(i.length?` +${i.length}`:``):e.say(`panel_days_off_none`)}function Ye(e,{from:t,to:n}){let r=t=>e.date(t,{day:`numeric`,month:`short`,year:`numeric`});return n===void 0||n===t?r(t):e.say(`page_from_to`,{first:r(t),last:r(n)})}function Xe(e,t){return be(t)?e.say(`page_closed`):(t.windows??[]).map(({from:t,to:n})=>e.hours(d(t),d(n))).join(`, `)}function Ze(e,t,n){let r=t.flatMap(({courier:t,name:r})=>{let i=n.couriers[t];return i&&i!==n.default?`${r}: ${e.say(`panel_attitude_${i}`)}`:[]});return[`${e.say(`panel_by_default`)}: ${e.say(`panel_attitude_${n.default}`)}`,...r].join(` · `)}function Qe(e,t){let n=t.digest_at;return[e.say(t.share_hours?`panel_hours_shared`:`panel_hours_private`),n===null?e.say(`panel_digest_none`):e.say(`panel_digest_daily`,{time:e.clock(d(n))})].join(` · `)}var V=class extends n{constructor(...e){super(...e),this.exceptions=[],this.today=``,this.month=``}static{this.styles=[x,r`
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
    `]}render(){let e=this.month||this.today.slice(0,7),t=xe(e,1),n=[`01`,`02`,`03`,`04`,`05`,`06`,`07`].map(e=>`2024-01-${e}`),r=this.words.date(`${e}-01`,{month:`long`,year:`numeric`});return h`
      <div class="row">
        <button aria-label=${this.say(`month_before`)} @click=${()=>this.month=ue(e,-1)}>
          ‹
        </button>
        <span class="grow" aria-live="polite">${r}</span>
        <button aria-label=${this.say(`month_after`)} @click=${()=>this.month=ue(e,1)}>
          ›
        </button>
      </div>
      <table aria-label=${r}>
        <thead>
          <tr>
            ${n.map(e=>h`<th scope="col" abbr=${this.words.date(e,{weekday:`long`})}>
                  ${this.words.date(e,{weekday:`narrow`})}
                </th>`)}
          </tr>
        </thead>
        <tbody>
          ${t.map(e=>h`<tr>${e.map(e=>h`<td>${this.cell(e)}</td>`)}</tr>`)}
        </tbody>
      </table>
      ${this.others()}
    `}say(e,t){return this.words.say(`panel_${e}`,t)}cell(e){if(!e)return t;let n=_e(this.exceptions,e),r=n!==void 0&&be(n),i=this.words.date(e,{weekday:`long`,day:`numeric`,month:`long`});return h`
      <button
        data-date=${e}
        class=${n&&!r?`other`:``}
        aria-pressed=${r}
        aria-label=${r?this.say(`day_off`,{date:i}):i}
        ?disabled=${e<this.today}
        @click=${()=>this.emit(me(this.exceptions,e))}
      >
        ${Number(e.slice(8))}
      </button>
    `}others(){let e=this.exceptions.filter(e=>(e.to??e.from)>=this.today);return h`
      ${e.length?h`<ul>
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
    `}line(e){let t=Ye(this.words,e),n=Xe(this.words,e);return h`
      <li class="row">
        <span class="grow">${this.words.say(`page_hours_line`,{days:t,hours:n})}</span>
        <button
          aria-label=${this.say(`remove_named`,{name:t})}
          @click=${()=>this.emit(this.exceptions.filter(t=>t!==e))}
        >
          ${this.say(`delete`)}
        </button>
      </li>
    `}add(e){e.preventDefault();let t=e.target,[n,r,i,a]=[`first`,`last`,`from`,`to`].map(e=>String(new FormData(t).get(e)??``)),o=i&&a?[{from:i,to:a===`00:00`?`24:00`:a}]:[],s={from:n,to:r>=n?r:n,...o.length&&{windows:o}};t.reset(),this.emit(de(this.exceptions,s))}emit(e){let t=e.filter(e=>(e.to??e.from)<this.today),n=e.filter(e=>!t.includes(e));this.dispatchEvent(new CustomEvent(`ca-exceptions`,{detail:n,bubbles:!0,composed:!0}))}};_([b({attribute:!1})],V.prototype,`words`,void 0),_([b({attribute:!1})],V.prototype,`exceptions`,void 0),_([b()],V.prototype,`today`,void 0),_([e()],V.prototype,`month`,void 0),V=_([o(`courier-access-days-off`)],V);var $e=[`binary_sensor`,`calendar`,`device_tracker`,`group`,`input_boolean`,`person`,`schedule`,`switch`],H=class extends n{constructor(...e){super(...e),this.entities=[],this.name=``,this.heading=``}static{this.styles=[x]}render(){let e=Object.values(this.home.states).filter(e=>e!==void 0).filter(({entity_id:e})=>$e.includes(e.split(`.`)[0]??``)&&!this.entities.includes(e)).map(({entity_id:e})=>[e,this.nameOf(e)]).sort(([,e],[,t])=>e.localeCompare(t));return h`
      <h3>${this.heading}</h3>
      <ul>
        ${this.entities.map(e=>h`
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
          ${e.map(([e,t])=>h`<option value=${e}>${t}</option>`)}
        </select>
      </label>
    `}nameOf(e){return this.home.states[e]?.attributes.friendly_name??e}add(e){let t=e.target,n=t.value;t.value=``,n&&this.emit([...this.entities,n])}emit(e){let t={[this.name]:e};this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:t,bubbles:!0,composed:!0}))}};_([b({attribute:!1})],H.prototype,`home`,void 0),_([b({attribute:!1})],H.prototype,`words`,void 0),_([b({attribute:!1})],H.prototype,`entities`,void 0),_([b()],H.prototype,`name`,void 0),_([b()],H.prototype,`heading`,void 0),H=_([o(`courier-access-linked`)],H);var et=class{constructor(e,t,n,r,i){this.access=e,this.building=t,this.resident=n,this.show=r,this.refused=i,this.queue=Promise.resolve(),this.waiting=0}async load(){if(!this.waiting)try{let e=await this.access.rules(this.building,this.resident);this.waiting||this.take(e)}catch(e){this.refused(e)}}async change(e,t=!1){let n=this.kept;if(!n)return!1;this.waiting++;let{consent:r,...i}=e;this.take({...n,...i,consent:nt(r,n.consent)});let a=this.queue.then(()=>this.send(e,n,t));return this.queue=a,a}async undo(){let e=this.last;this.last=void 0,e&&await this.change(e,!0)}async send(e,t,n){let r=this.kept?.revision??t.revision;try{let i=await this.access.setRules(this.building,this.resident,r,e);return n||(this.last=tt(t,e)),this.waiting--,this.waiting&&this.kept?this.kept={...this.kept,revision:i.revision}:this.take(i),!0}catch(e){return this.waiting--,this.refused(e),await this.load(),!1}}take(e){this.kept=e,this.show(e)}};function tt(e,t){let n=Object.keys(t).filter(e=>e!==`consent`);return Object.fromEntries(n.map(t=>[t,e[t]]))}function nt(e,t){return e===void 0?t:e?`given`:`withdrawn`}function rt(e,t,n){let{[t]:r,...i}=e;return n===void 0?i:{...i,[t]:n}}var it=[`allow`,`ask`,`deny`],U=class extends w{constructor(...e){super(...e),this.chosen=``,this.sending=0}static{this.styles=[w.styles,r`
      .proof {
        padding-inline-start: 16px;
      }
    `]}willUpdate(e){let t=this.resident;if(!t)return;let n=e.get(`building`);!this.draft||this.draft.resident!==t.resident?(this.rules=void 0,this.draft=new et(this.access,this.building.building,t.resident,e=>this.rules=e,e=>this.tell({text:this.words.refusal(e)})),this.draft.load()):n&&this.draft.load()}render(){let{resident:e,rules:n}=this;return e?n?h`
      ${C(this.building).length>1?this.choice():t}
      <div
        aria-busy=${this.sending>0}
        @ca-rules=${e=>this.change(e.detail)}
        @ca-consent=${e=>this.change({consent:e.detail})}
        @ca-week=${e=>this.change({windows:l(e.detail)})}
        @ca-exceptions=${e=>this.change({exceptions:e.detail})}
      >
        ${n.consent===`given`?t:h`<section>
              <h2>${this.words.say(`page_consent`)}</h2>
              ${this.consent(n)}
            </section>`}
        ${this.week(ae(p(n.windows)))}
        ${z(this.say(`days_off`),Je(this.words,n.exceptions,this.today),h`<p class="soft">${this.say(`days_off_says`)}</p>
            <courier-access-days-off
              .words=${this.words}
              .exceptions=${n.exceptions}
              today=${this.today}
            ></courier-access-days-off>`)}
        ${this.couriers(n)}
        ${e.waits_for_confirmation||n.consent!==`given`?t:h`<courier-access-address-code
              .words=${this.words}
              .access=${this.access}
              .building=${this.building}
              .resident=${e}
            ></courier-access-address-code>`}
        ${this.conditions(n)} ${this.sharing(n)}
        ${n.consent===`given`?z(this.words.say(`page_consent`),h`<span data-consent="given">${this.words.say(`page_consent_given`)}</span>`,this.consent(n)):t}
      </div>
    `:h`<section><p role="status">${this.say(`loading`)}</p></section>`:h`<section><p>${this.say(`no_residence`)}</p></section>`}week(e){let n=te(e);return z(this.words.say(`page_hours_heading`),we(this.words,e),h`
        ${this.elsewhere()}
        <div class="chips" role="group" aria-label=${this.words.say(`page_hours_heading`)}>
          ${Object.keys(m).map(e=>h`
              <button
                data-preset=${e}
                aria-pressed=${e===n}
                @click=${()=>e!==n&&this.change({windows:l(m[e])})}
              >
                ${this.presetName(e)}
              </button>
            `)}
        </div>
        <courier-access-week .words=${this.words} .spans=${e}></courier-access-week>
        ${e.length?t:h`<p>${this.words.say(`page_hours_none`)}</p>`}
      `,!0)}presetName(e){let[t]=m[e],n=t&&e!==`always`?` ${this.words.hours(t.from,t.to)}`:``;return this.say(`week_${e}`)+n}get resident(){return C(this.building).find(({resident:e})=>e===this.chosen)??C(this.building)[0]}get today(){return new Intl.DateTimeFormat(`en-CA`,{timeZone:this.words.zone}).format(/* @__PURE__ */ new Date)}choice(){return h`
      <section>
        <label
          >${this.say(`which_unit`)}
          <select @change=${e=>this.chosen=e.target.value}>
            ${C(this.building).map(({resident:e,unit:t})=>h`<option value=${e}>${t}</option>`)}
          </select>
        </label>
      </section>
    `}consent(e){return h`<courier-access-consent .words=${this.words} consent=${e.consent}></courier-access-consent>`}elsewhere(){return this.words.readerIsElsewhere?h`<p class="status bad">${this.say(`elsewhere`,{zone:this.words.zone})}</p>`:t}couriers(e){return z(this.say(`couriers`),Ze(this.words,this.building.couriers,e),h`
        <p class="soft">${this.say(`couriers_says`)}</p>
        <p>
          <label
            >${this.say(`by_default`)}
            ${this.attitude(e.default,e=>e&&this.change({default:e}),!1)}
          </label>
        </p>
        ${e.default===`allow`?this.proof(this.say(`by_default`),e.default_proof,e=>e&&this.change({default_proof:e}),!1):t}
        ${this.building.couriers.map(({courier:n,name:r})=>h`
            <p>
              <label
                >${r}
                ${this.attitude(e.couriers[n],t=>this.decide(e,n,t))}
              </label>
            </p>
            ${(e.couriers[n]??e.default)===`allow`?this.proof(r,e.proofs[n],t=>this.change({proofs:rt(e.proofs,n,t)})):t}
          `)}
      `)}attitude(e,n,r=!0){return h`
      <select
        @change=${e=>{let t=e.target.value;n(it.find(e=>e===t))}}
      >
        ${r?h`<option value="" .selected=${e===void 0}>${this.say(`as_default`)}</option>`:t}
        ${it.map(t=>h`
            <option value=${t} .selected=${t===e}>${this.say(`attitude_${t}`)}</option>
          `)}
      </select>
    `}decide(e,t,n){this.change({couriers:rt(e.couriers,t,n)})}proof(e,n,r,i=!0){return h`
      <p>
        <label class="proof"
          >${this.say(`proof`)}
          <select
            aria-label=${`${e}: ${this.say(`proof`)}`}
            @change=${e=>{let t=e.target.value;r(se.find(e=>e===t))}}
          >
            ${i?h`<option value="" .selected=${n===void 0}>${this.say(`as_default`)}</option>`:t}
            ${se.map(e=>h`
                <option value=${e} .selected=${e===n}>${this.say(`proof_${e}`)}</option>
              `)}
          </select>
        </label>
      </p>
    `}conditions(e){let t=[...e.only_while,...e.never_while].map(e=>this.home.states[e]?.attributes.friendly_name??e);return z(this.say(`conditions`),t.join(`, `)||this.say(`conditions_none`),h`
        <p class="soft">${this.say(`conditions_says`)}</p>
        ${[`only_while`,`never_while`].map(t=>h`
            <courier-access-linked
              .home=${this.home}
              .words=${this.words}
              .entities=${e[t]}
              name=${t}
              heading=${this.say(t)}
            ></courier-access-linked>
          `)}
      `)}sharing(e){return z(this.say(`sharing`),Qe(this.words,e),h`
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
      `)}async change(e){let{draft:t}=this;if(!t)return;this.sending++;let n=await t.change(e);if(this.sending--,!n)return;let r=e.consent!==void 0;this.tell({text:r?this.words.say(e.consent?`page_said_give_consent`:`page_said_withdraw_consent`):this.say(`kept`),...!r&&{undo:()=>void this.undo(t)}})}async undo(e){this.sending++,await e.undo(),this.sending--}};_([e()],U.prototype,`chosen`,void 0),_([e()],U.prototype,`rules`,void 0),_([e()],U.prototype,`sending`,void 0),U=_([o(`courier-access-hours`)],U);var W=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),W(e,t);return!0},G=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},K=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=/* @__PURE__ */ new Set;else if(n.has(e))break;n.add(e),st(t)}};function at(e){this._$AN===void 0?this._$AM=e:(G(this),this._$AM=e,K(this))}function ot(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)W(r[e],!1),G(r[e]);else r!=null&&(W(r,!1),G(r))}else W(this,e)}}var st=e=>{e.type==S.CHILD&&(e._$AP??=ot,e._$AQ??=at)},ct=class extends D{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),K(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(W(this,e),G(this))}setValue(e){if(he(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}};E(class extends D{constructor(e){if(super(e),e.type!==S.PROPERTY&&e.type!==S.ATTRIBUTE&&e.type!==S.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!he(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[n]){if(n===i||n===t)return n;let r=e.element,a=e.name;if(e.type===S.PROPERTY){if(n===r[a])return i}else if(e.type===S.BOOLEAN_ATTRIBUTE){if(!!n===r.hasAttribute(a))return i}else if(e.type===S.ATTRIBUTE&&r.getAttribute(a)===n+``)return i;return ve(e),n}});var q=/* @__PURE__ */ new WeakMap;E(class extends ct{render(e){return t}update(e,[n]){let r=n!==this.G;return r&&this.rt(void 0),(r||this.lt!==this.ct)&&(this.G=n,this.ht=e.options?.host,this.rt(this.ct=e.element)),t}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=q.get(t);n===void 0&&(n=/* @__PURE__ */ new WeakMap,q.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?q.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}});var J=E(class extends ct{constructor(e){super(e),this.part=e}render(e,t,n){return this.own=t,customElements.get(e)&&!this.isInUse?(this.awaits=void 0,t()):(this.awaits!==e&&(this.awaits=e,customElements.whenDefined(e).then(()=>this.exchange(e))),n())}exchange(e){this.isConnected&&this.awaits===e&&this.own&&!this.isInUse&&(this.awaits=void 0,this.setValue(this.own()))}get isInUse(){if(!this.awaits)return!1;let e=this.part.parentNode.getRootNode().activeElement;for(let t=this.part.startNode?.nextSibling;e&&t&&t!==this.part.endNode;t=t.nextSibling)if(t.contains(e))return!0;return!1}});function lt(e,t,n,r=!1){return h`${J(`ha-icon-button`,()=>h`<ha-icon-button
      .label=${t} .path=${ge(e)} .disabled=${r} @click=${n}
    ></ha-icon-button>`,()=>h`<button type="button" class="only-icon" title=${t} aria-label=${t} ?disabled=${r} @click=${n}>
      ${T(e)}
    </button>`)}`}function ut(e,t,n,r){return h`${J(`ha-menu-button`,()=>h`<ha-menu-button .hass=${e} .narrow=${t}></ha-menu-button>`,()=>t?lt(`menu`,n,r):h``)}`}function dt(e,n,r,i,a=!1){let o=r.findIndex(e=>e.value===n),s=e=>{let t=r[Number(e)];t&&Number(e)!==o&&i(t.value)},c=r.map((e,t)=>({value:String(t),label:e.label,...e.group&&{secondary:e.group}}));return h`${J(`ha-select`,()=>h`<ha-select
      .label=${e} .options=${c} .value=${o<0?void 0:String(o)} .disabled=${a}
      @selected=${e=>{e.stopPropagation(),s(e.detail.value)}}
    ></ha-select>`,()=>h`<label class="field"
      >${e}
      <select ?disabled=${a} @change=${e=>s(e.target.value)}>
        ${o<0?h`<option value="" selected></option>`:t}
        ${c.map((e,t)=>h`<option value=${e.value} .selected=${t===o}>${e.label}</option>`)}
      </select>
    </label>`)}`}function Y(e,n,r=t){return h`${J(`ha-alert`,()=>h`<ha-alert alert-type=${e}
      >${n}${r===t?t:h`<span slot="action">${r}</span>`}</ha-alert
    >`,()=>h`<div class="notice ${e}" role="alert">
      ${T(`alert`)}<span class="grow">${n}</span>${r}
    </div>`)}`}function ft(){return h`${J(`ha-spinner`,()=>h`<ha-spinner size="small" aria-hidden="true"></ha-spinner>`,()=>h`<span class="spinner" aria-hidden="true"></span>`)}`}function pt(e){return h`<p class="state" role="status">${ft()}<span>${e}</span></p>`}function mt(e,n,r=t){return h`<div class="state">${T(e)}<span>${n}</span>${r}</div>`}var X=[`now`,`hours`,`entries`,`deliveries`],Z=`building`,Q=class extends n{constructor(...e){super(...e),this.narrow=!1,this.chosen=``,this.following=new ie(this)}static{this.styles=[x,r`
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
    `]}get hass(){return this.following.home}set hass(e){this.following.home=e}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.fading)}willUpdate(e){e.has(`route`)&&(this.chosen=new URLSearchParams(location.search).get(`building`)??this.chosen)}render(){let{words:e}=this.following;if(!e)return h``;let t=this.current;return h`
      <header>
        ${ut(this.hass,this.narrow,e.say(`panel_menu`),()=>this.toggleMenu())}
        <h1 class="grow">${t?.name??e.say(`panel_sidebar`)}</h1>
        ${this.choice(e)}
      </header>
      ${t?this.views(e,t):h`<main>${this.nothing(e)}</main>`}
      <div role="status" aria-live="polite">${this.toast(e)}</div>
    `}get current(){let{all:e}=this.following;return e.find(({building:e})=>e===this.chosen)??e[0]}viewsOf(e){return $(e)?e.is_owner?C(e).length?[...X,Z]:[Z,...X.filter(e=>e!==`hours`)]:X:[Z]}viewOf(e){let t=this.route?.path.replace(/^\//,``),n=this.viewsOf(e);return n.find(e=>e===t)??n[0]??`now`}nothing(e){if(this.following.failure)return Y(`error`,this.following.failure);let t=e.say(this.following.absence);return this.following.buildings?mt(`locked`,t):pt(t)}choice(e){let{all:n}=this.following;return n.length<2?t:dt(e.say(`panel_which_building`),this.current?.building,n.map(({building:e,name:t})=>({value:e,label:t})),e=>this.chosen=e)}views(e,n){let r=this.viewOf(n);return h`
      <nav aria-label=${e.say(`panel_sidebar`)}>
        ${this.viewsOf(n).map(n=>h`
            <a
              href="/courier-access/${n}"
              aria-current=${n===r?`page`:t}
              @click=${e=>this.go(e,n)}
              >${e.say(`panel_view_${n}`)}</a
            >
          `)}
      </nav>
      <main @ca-told=${e=>this.tell(e.detail)}>
        ${this.following.failure?Y(`error`,this.following.failure):t}
        ${$(n)&&!this.following.isReady(n)?Y(`warning`,e.say(`panel_not_ready`)):t}
        ${$(n)&&r!==Z?this.shown(e,n,r):h`<courier-access-building
              .home=${this.hass} .words=${e} .access=${this.following.access} .building=${n}
              .news=${this.following.ownersNews} .whole=${$(n)}
            ></courier-access-building>`}
      </main>
    `}shown(e,t,n){let{home:r,access:i,news:a}=this.following;switch(n){case`now`:return h`<courier-access-now
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-now>`;case`hours`:return h`<courier-access-hours
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-hours>`;case`entries`:return h`<courier-access-entries
          .home=${r} .words=${e} .access=${i} .building=${t} .news=${a}
        ></courier-access-entries>`;case`deliveries`:return h`<courier-access-deliveries
          .home=${r} .words=${e} .access=${i} .building=${t}
        ></courier-access-deliveries>`}}go(e,t){e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),history.pushState(null,``,`/courier-access/${t}`),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}})))}toggleMenu(){this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}tell(e){clearTimeout(this.fading),this.told=e,this.fading=setTimeout(()=>this.told=void 0,1e4)}toast(e){let{told:n}=this;return n?h`
      <div class="told">
        <span class="grow">${n.text}</span>
        ${n.undo?h`<button
              @click=${()=>{this.told=void 0,n.undo?.()}}
            >
              ${e.say(`panel_undo`)}
            </button>`:t}
      </div>
    `:t}};_([b({type:Boolean,reflect:!0})],Q.prototype,`narrow`,void 0),_([b({attribute:!1})],Q.prototype,`route`,void 0),_([e()],Q.prototype,`chosen`,void 0),_([e()],Q.prototype,`told`,void 0),Q=_([o(`courier-access-panel`)],Q);function $(e){return`doors`in e}export{Q as Panel};