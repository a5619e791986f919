import{a as e,c as t,d as n,i as r,l as i,n as a,o,r as s,s as c,t as l,u}from"./following-a708681b.js";import{n as d,r as f,t as p}from"./now-2419db87.js";var m={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},h=e=>(...t)=>({_$litDirective$:e,values:t}),g=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},_=`important`,ee=` !`+_,v=h(class extends g{constructor(e){if(super(e),e.type!==m.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[n]){let{style:r}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(n)),this.render(n);for(let e of this.ft)n[e]??(this.ft.delete(e),e.includes(`-`)?r.removeProperty(e):r[e]=null);for(let e in n){let t=n[e];if(t!=null){this.ft.add(e);let n=typeof t==`string`&&t.endsWith(ee);e.includes(`-`)||n?r.setProperty(e,n?t.slice(0,-11):t,n?_:``):r[e]=t}}return t}}),y=[`monday`,`tuesday`,`wednesday`,`thursday`,`friday`,`saturday`,`sunday`],b=1440;function x(e){let[t=`0`,n=`0`]=e.split(`:`);return Number(t)*60+Number(n)}function S(e){return`${String(Math.floor(e/60)).padStart(2,`0`)}:${String(e%60).padStart(2,`0`)}`}function te(e){return e.map(({from:e,to:t})=>({from:`${S(e)}:00`,to:`${S(t)}:00`}))}function C(e){return y.flatMap((t,n)=>(e[t]??[]).map(({from:e,to:t})=>({day:n,from:x(e),to:x(t)})))}function ne(e){let t={};for(let[n,r]of y.entries()){let i=e.filter(e=>e.day===n);i.length&&(t[r]=te(i))}return t}function w(e){let t=[...e].sort((e,t)=>e.day-t.day||e.from-t.from),n=[];for(let e of t){let t=n.at(-1);t&&t.day===e.day&&e.from<=t.to?t.to=Math.max(t.to,e.to):n.push({...e})}return n}function T(e){return Math.min(b,Math.max(0,Math.round(e/15)*15))}function E(e,t,n){let[r,i]=[T(Math.min(t,n)),T(Math.max(t,n))],a=Math.min(r,1425);return{day:e,from:a,to:Math.max(i,a+15)}}function D(e,t,n){let r=e.to-e.from,i=Math.min(b-r,Math.max(0,Math.round(n/15)*15));return{day:Math.min(6,Math.max(0,t)),from:i,to:i+r}}function O(e,t,n){let r=T(n);return t===`from`?{...e,from:Math.min(r,e.to-15)}:{...e,to:Math.max(r,e.from+15)}}function re(e,t,n){let r=e.filter(e=>e!==t);return w(n?[...r,n]:r)}function ie(e,t,n){let r=e.filter(e=>e.day===t||!n.includes(e.day)),i=e.filter(e=>e.day===t);return w([...r,...n.filter(e=>e!==t).flatMap(e=>i.map(t=>({...t,day:e})))])}function k(e,t,n){return e.find(e=>e.day===t&&e.from<=n&&n<e.to)}function ae(e,t){let n=e.filter(e=>e.day===t),r={day:t,from:540,to:720};if(n.every(e=>e.to<r.from||r.to<e.from))return r;let{from:i,to:a}=[...n,{day:t,from:b,to:b}].map((e,t)=>({from:t===0?0:(n[t-1]?.to??0)+15,to:e.from===1440?b:e.from-15})).reduce((e,t)=>t.to-t.from>e.to-e.from?t:e);return a-i<15?void 0:{day:t,from:i,to:Math.min(a,i+180)}}var oe=10,se=5,ce=60,A=class extends o{constructor(...e){super(...e),this.spans=[]}static{this.styles=[f,n`
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
          ${[0,6,12,18,24].map(e=>i`<span style=${v({"inset-inline-start":`${e/24*100}%`})}>${e}</span>`)}
        </div>
      </div>
      ${y.map((t,n)=>this.day(t,n,e))} ${this.editor()}
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
        data-from=${S(e.from)}
        data-to=${S(e.to)}
        aria-pressed=${n}
        aria-describedby="how"
        aria-label=${this.say(`week_window`,{day:t,from:S(e.from),to:S(e.to)})}
        style=${v({"inset-inline-start":`${e.from/b*100}%`,width:`${(e.to-e.from)/b*100}%`})}
        @click=${()=>this.chosen=e}
        @keydown=${t=>this.key(t,e)}
      ></button>
    `}get current(){let{chosen:e}=this;return e&&k(this.spans,e.day,e.from)}editor(){let e=this.current;if(!e)return i``;let t=this.words.say(`page_${y[e.day]??`monday`}`);return i`
      <div class="editor" role="group" aria-label=${this.say(`week_edit`)}>
        <h3>${t}</h3>
        <div class="row">
          <label
            >${this.say(`from`)}
            <input
              type="time"
              step="900"
              .value=${S(e.from)}
              @change=${t=>this.retime(e,`from`,t)}
          /></label>
          <label
            >${this.say(`to`)}
            <input
              type="time"
              step="900"
              .value=${S(e.to%b)}
              @change=${t=>this.retime(e,`to`,t)}
          /></label>
          <button class="stop" @click=${()=>this.change(e,void 0)}>${this.say(`delete`)}</button>
          <label
            >${this.say(`copy`)}
            <select @change=${t=>this.copy(e.day,t)}>
              <option value="">–</option>
              <option value="all">${this.words.say(`page_every_day`)}</option>
              <option value="workdays">${this.say(`workdays`)}</option>
              ${y.map((t,n)=>n===e.day?c:i`<option value=${n}>${this.words.say(`page_${t}`)}</option>`)}
            </select>
          </label>
        </div>
      </div>
    `}add(e){let t=ae(this.spans,e);t&&this.change(void 0,t),this.focusOn(e)}retime(e,t,n){let r=n.target.value;if(!r)return;let i=x(r);this.change(e,O(e,t,t===`to`&&i===0?b:i))}copy(e,t){let n=t.target,r={all:[0,1,2,3,4,5,6],workdays:[0,1,2,3,4]}[n.value],i=ie(this.spans,e,r??[Number(n.value)]);n.value=``,this.emit(i)}key(e,t){let n=getComputedStyle(this).direction===`rtl`?`ArrowLeft`:`ArrowRight`,r=n===`ArrowLeft`?`ArrowRight`:`ArrowLeft`,i={[n]:15,[r]:-15}[e.key],a=t;if(i!==void 0)a=e.shiftKey?O(t,`to`,t.to+i):D(t,t.day,t.from+i);else if(e.key===`ArrowDown`||e.key===`ArrowUp`)a=D(t,t.day+(e.key===`ArrowDown`?1:-1),t.from);else if(e.key===`Delete`||e.key===`Backspace`)a=void 0;else return;e.preventDefault(),this.change(t,a),this.focusOn(a?.day??t.day)}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelectorAll(`.day`)[e]?.querySelector(`.window[aria-pressed="true"], .more`)?.focus()})}begin(e,t){if(e.button!==0||this.drag)return;let n=e.target,r=e.currentTarget,i=this.minuteOf(e,r),a=n.classList.contains(`window`)?k(this.spans,t,this.inside(i)):void 0;this.drag={grip:a?this.grip(e,n):`draw`,pointer:e.pointerId,began:{x:e.clientX,at:i},span:a,row:t,moves:!1},r.setPointerCapture(e.pointerId)}follow(e){let{drag:t}=this;t?.pointer===e.pointerId&&(t.moves||=Math.abs(e.clientX-t.began.x)>se||this.rowOf(e)!==t.row,t.moves&&(this.shown=re(this.spans,t.span,this.dragged(t,e))))}end(e){let{drag:t}=this;t?.pointer===e.pointerId&&(this.leave(),t.moves?this.change(t.span,this.dragged(t,e)):t.span?this.chosen=t.span:this.change(void 0,E(t.row,t.began.at,t.began.at+ce)))}leave(){this.drag=void 0,this.shown=void 0}dragged(e,t){let n=this.minuteOf(t,t.currentTarget),{span:r}=e;return r?e.grip===`move`?D(r,this.rowOf(t)??e.row,r.from+n-e.began.at):O(r,e.grip===`from`?`from`:`to`,n):E(e.row,e.began.at,n)}grip(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect();if(i<30)return`move`;let[a,o]=this.isRightToLeft?[`to`,`from`]:[`from`,`to`];return e.clientX-n<oe?a:r-e.clientX<oe?o:`move`}get isRightToLeft(){return getComputedStyle(this).direction===`rtl`}minuteOf(e,t){let{left:n,right:r,width:i}=t.getBoundingClientRect(),a=this.isRightToLeft?r-e.clientX:e.clientX-n;return Math.min(b,Math.max(0,a/i*b))}inside(e){return Math.min(b-1,Math.floor(e))}rowOf(e){let t=[...this.renderRoot.querySelectorAll(`.track`)].findIndex(t=>{let{top:n,bottom:r}=t.getBoundingClientRect();return n<=e.clientY&&e.clientY<=r});return t<0?this.drag?.row:t}change(e,t){let n=re(this.spans,e,t),r=t&&k(n,t.day,t.from);this.chosen=r&&{day:r.day,from:r.from},this.emit(n)}emit(e){this.spans=e,this.dispatchEvent(new CustomEvent(`ca-week`,{detail:e,bubbles:!0,composed:!0}))}};a([r({attribute:!1})],A.prototype,`words`,void 0),a([r({attribute:!1})],A.prototype,`spans`,void 0),a([s()],A.prototype,`shown`,void 0),a([s()],A.prototype,`chosen`,void 0),A=a([e(`courier-access-week`)],A);var le={unauthenticated:`signature`,malformed:`form`,unsupported:`form`,too_large:`form`,slow_body:`form`,id_reused:`form`,in_flight:`often`,rate_limited:`often`,door_busy:`door`,door_unavailable:`door`,not_ready:`building`,ledger_unavailable:`building`,clock_untrusted:`building`};function j(e){let t=le[e];return t?`panel_problem_${t}`:`notification_reason_${e}`}function ue({consent:e,on_paper:t}){return t?e===`given`?`given_on_paper`:`refused_on_paper`:e}function de(e){return!e.has_way||!!e.unreachable_since}function fe(e,t){return e.residents.find(({resident:e})=>e===t.subject)}function pe({issues:e,record:t}){let n=e=>Number(e.kind===t.kept_out_by);return[...e].sort((e,t)=>n(t)-n(e))}function me(e,t){let[n,r]=e<1e6?[Math.max(1,Math.round(e/1e3)),`kilobyte`]:[e/1e6,`megabyte`];return new Intl.NumberFormat(t,{style:`unit`,unit:r,maximumFractionDigits:1}).format(n)}function M(e,t){return JSON.stringify(C(e))===JSON.stringify(C(t))}var N=class extends p{constructor(...e){super(...e),this.kept={},this.busy=!1}willUpdate(e){e.has(`kept`)&&this.drawn&&M(this.drawn,this.kept)&&(this.drawn=void 0)}render(){let e=this.drawn??this.kept,t=!M(e,this.kept);return i`
      <section aria-busy=${this.busy}>
        <h2>${this.say(`building_hours`)}</h2>
        <p class="soft">${this.say(`building_hours_says`)}</p>
        ${this.words.readerIsElsewhere?i`<p class="status bad">${this.say(`elsewhere`,{zone:this.words.zone})}</p>`:c}
        <courier-access-week
          .words=${this.words}
          .spans=${w(C(e))}
          @ca-week=${e=>this.drawn=ne(e.detail)}
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
    `}async keep(e){let t=this.kept;this.busy=!0;let n=await this.act(()=>this.access.setHours(this.building.building,e));this.busy=!1,n&&(this.kept=e,this.drawn=void 0,this.tell({text:this.say(`kept`),undo:()=>void this.keep(t)}))}};a([r({attribute:!1})],N.prototype,`kept`,void 0),a([s()],N.prototype,`drawn`,void 0),a([s()],N.prototype,`busy`,void 0),N=a([e(`courier-access-building-hours`)],N);var P=class extends p{constructor(...e){super(...e),this.busy=!1}render(){return i`
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
      </p>`}async check(){let e=this.renderRoot.querySelector(`textarea`);this.busy=!0,await this.act(async()=>{this.found=void 0,this.found=await this.access.verify(this.building.building,e?.value.trim()??``)}),this.busy=!1}};a([s()],P.prototype,`found`,void 0),a([s()],P.prototype,`busy`,void 0),P=a([e(`courier-access-check`)],P);var he=[`https`,`cloud`],F=class extends p{constructor(...e){super(...e),this.busy=!1}render(){let{courier:e}=this;return i`
      <h3>${e.name}</h3>
      ${e.enabled?c:i`<p>${this.words.say(`notification_reason_courier_disabled`)}</p>`}
      ${e.doors.length?i`<p>${this.say(`courier_doors`,{doors:e.doors.join(`, `)})}</p>`:i`<p>${this.say(`courier_no_doors`)}</p>`}
      ${e.keys.length?this.messages(e):i`<p>${this.say(`key_none`)}</p>`}
    `}messages(e){return i`
      <p class="status ${he.includes(e.reach)?`good`:`bad`}" data-reach=${e.reach}>
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
    `}refusals(){let{refusals:e,last_refusal:t}=this.courier;return t?this.say(`refusals`,{count:e,time:this.words.moment(t.at),why:this.words.say(j(t.why))}):``}answer({found:e,why:t}){let n=e===`good`||e===`answers`;return i`
      <p class="status ${n?`good`:`bad`}" data-found=${e}>
        ${this.say(`found_${e}`)} ${t?this.words.say(j(t)):c}
        ${n&&this.courier.reach===`nothing`?this.say(`found_inside`):c}
      </p>
    `}async test(){this.busy=!0,this.tried=void 0,await this.act(async()=>{this.tried=await this.access.test(this.building.building,this.courier.courier)}),this.busy=!1}};a([r({attribute:!1})],F.prototype,`courier`,void 0),a([s()],F.prototype,`tried`,void 0),a([s()],F.prototype,`busy`,void 0),F=a([e(`courier-access-courier`)],F);var ge=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],I=class extends p{constructor(...e){super(...e),this.news=0,this.whole=!0,this.reading=0}static{this.styles=[p.styles,n`
      .says {
        white-space: pre-line;
      }
      li.resident {
        content-visibility: auto;
        contain-intrinsic-size: auto 70px;
      }
    `]}willUpdate(e){let t=e.get(`building`);t!==void 0&&t.building!==this.building.building&&(this.owned=void 0),(e.has(`news`)||e.has(`building`))&&this.read()}async read(){let e=++this.reading;try{let t=await this.access.owned(this.building.building);e===this.reading&&(this.owned=t)}catch(e){this.owned||this.tell({text:this.words.refusal(e)})}}render(){let{owned:e}=this;return e?i`
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
                ${pe(e).map(t=>this.issue(e,t))}
              </ul>
              <p><a href="/config/repairs">${this.say(`open_repairs`)}</a></p>`:i`<p class="status good">${this.say(`needs_nothing`)}</p>`}
      </section>
    `}issue(e,t){let n=fe(e,t),r=t.is_fixable?``:this.words.issue(t.kind,`description`,t.placeholders);return i`
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
    `}door(e){let t=ge.includes(e.position)?e.position:`unavailable`,n=e.available&&!e.left_open;return i`
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
        <p><a href="/config/integrations/integration/courier_access">${this.say(`open_settings`)}</a></p>
      </section>
    `}resident(e){let t=ue(e);return i`
      <li class="resident" data-resident=${e.resident}>
        <strong>${this.named(e)}</strong>
        ${t?i`<p>${this.say(`consent_${t}`)}</p>`:c}
        ${e.waits_for_confirmation?i`<p>${this.say(`waits`)}</p>`:c}
        ${de(e)?i`<p class="status bad">${this.outOfReach(e)}</p>`:c}
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
          ${n===null?c:this.say(`record_has`,{count:n,size:me(e.record_bytes,this.words.language)})}
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
    `}};a([r({type:Number})],I.prototype,`news`,void 0),a([r({type:Boolean})],I.prototype,`whole`,void 0),a([s()],I.prototype,`owned`,void 0),I=a([e(`courier-access-building`)],I);var _e={},ve=h(class extends g{constructor(){super(...arguments),this.ot=_e}render(e,t){return t()}update(e,[n,r]){if(Array.isArray(n)){if(Array.isArray(this.ot)&&this.ot.length===n.length&&n.every((e,t)=>e===this.ot[t]))return t}else if(this.ot===n)return t;return this.ot=Array.isArray(n)?Array.from(n):n,this.render(n,r)}}),{I:ye}=u,be=e=>e,xe=()=>document.createComment(``),L=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new ye(r.insertBefore(xe(),i),r.insertBefore(xe(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=be(e).nextSibling;be(r).insertBefore(e,i),e=t}}}return n},R=(e,t,n=e)=>(e._$AI(t,n),e),Se={},Ce=(e,t=Se)=>e._$AH=t,we=e=>e._$AH,z=e=>{e._$AR(),e._$AA.remove()},Te=(e,t,n)=>{let r=/* @__PURE__ */ new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},Ee=h(class extends g{constructor(e){if(super(e),e.type!==m.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[n,r,i]){let a=we(e),{values:o,keys:s}=this.dt(n,r,i);if(!Array.isArray(a))return this.ut=s,o;let c=this.ut??=[],l=[],u,d,f=0,p=a.length-1,m=0,h=o.length-1;for(;f<=p&&m<=h;)if(a[f]===null)f++;else if(a[p]===null)p--;else if(c[f]===s[m])l[m]=R(a[f],o[m]),f++,m++;else if(c[p]===s[h])l[h]=R(a[p],o[h]),p--,h--;else if(c[f]===s[h])l[h]=R(a[f],o[h]),L(e,l[h+1],a[f]),f++,h--;else if(c[p]===s[m])l[m]=R(a[p],o[m]),L(e,a[f],a[p]),p--,m++;else if(u===void 0&&(u=Te(s,m,h),d=Te(c,f,p)),u.has(c[f])){if(u.has(c[p])){let t=d.get(s[m]),n=t===void 0?null:a[t];if(n===null){let t=L(e,a[f]);R(t,o[m]),l[m]=t}else l[m]=R(n,o[m]),L(e,a[f],n),a[t]=null;m++}else z(a[p]),p--}else z(a[f]),f++;for(;m<=h;){let t=L(e,l[h+1]);R(t,o[m]),l[m++]=t}for(;f<=p;){let e=a[f++];e!==null&&z(e)}return this.ut=s,Ce(e,l),t}}),De=500,B=class extends p{constructor(...e){super(...e),this.busy=!1}render(){return i`
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
    `}async takeSheet(){let e=[],t;do{let n=await this.access.sheet(this.building.building,this.words.language,t);e.push(n.csv),t=n.next??void 0}while(t!==void 0);V(`courier-access.csv`,`text/csv`,e)}async takeRecord(){let{building:e,name:t}=this.building,n=await this.access.records(e,0),r=n.head.record,i=[],a=r+1;for(;a!==null;){let t=await this.access.entries(e,{limit:De,before:a});i.push(...t.entries),a=t.next}let o=[...n.records];for(;n.next!==null;)n=await this.access.records(e,n.next),o.push(...n.records);let s={about:this.words.say(`page_take_says`),building:t,exported_at:(/* @__PURE__ */ new Date()).toISOString(),entries_up_to:r,entries:i,records:o,head:n.head};V(`courier-access.json`,`application/json`,[JSON.stringify(s,null,1)])}async takeVerifier(){let{name:e,program:t}=await this.access.verifier(this.building.building);V(e,`text/x-python`,[t])}async working(e){this.busy=!0,await this.act(e),this.busy=!1}};a([s()],B.prototype,`busy`,void 0),B=a([e(`courier-access-record`)],B);function V(e,t,n){let r=URL.createObjectURL(new Blob(n,{type:t})),i=document.createElement(`a`);i.href=r,i.download=e,i.click(),URL.revokeObjectURL(r)}function Oe(e,t){let n=t.at(-1)?.record??0,r=e.map(e=>e.every(({record:e})=>e<n)?e:e.filter(({record:e})=>e<n)).filter(e=>e.length>0);return t.length>0?[t,...r]:[]}function ke(e,t,n){let r=n.filter(({record:e})=>e<t);return r.length>0?[...e,r]:[...e]}function Ae(e){return e.decision===`refused`?e.door?`refused`:`refused_nowhere`:e.decision===`observed`?`observed`:e.outcome===null?`admitted`:`admitted_${e.outcome}`}var je=50,H=class extends p{constructor(...e){super(...e),this.news=0,this.next=null,this.courier=``,this.decision=``,this.asked=0,this.reads=!1}static{this.styles=[p.styles,n`
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
      ${Ee(this.pages,(e,t)=>t===0?`newest`:e.at(-1)?.record,(e,t)=>i`
          <ul class="page" aria-live=${t===0?`polite`:`off`} aria-relevant="additions">
            ${ve([e,this.words],()=>Ee(e,e=>e.record,e=>this.entry(e)))}
          </ul>
        `)}
      ${this.next===null?c:i`<button id="more" @click=${()=>this.more()}>${this.say(`more`)}</button>`}
    `}entry(e){return i`
      <li data-record=${e.record}>
        <details>
          <summary>
            ${this.words.say(`notification_${Ae(e)}`,{courier:e.courier,door:e.door,time:this.words.moment(e.at)})}
            ${e.units?.length?i`<strong>${e.units.map(e=>this.words.say(`notification_unit`,{unit:e})).join(` `)}</strong>`:c}
          </summary>
          ${e.decision===`refused`?i`<p>${this.words.say(`notification_reason_${e.reason}`)}</p>`:c}
          ${e.parcel_ref?i`<p>${this.words.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:c}
          ${e.driver_ref?i`<p>${this.words.say(`csv_driver`)}: ${e.driver_ref}</p>`:c}
          ${e.details_erased?i`<p class="soft">${this.words.say(`page_erased`)}</p>`:c}
          ${e.repeats>0?i`<p>${this.words.say(`page_repeats`,{count:e.repeats})}</p>`:c}
          ${e.completed_at?i`<p>${this.say(`completed`,{time:this.words.moment(e.completed_at)})}</p>`:c}
          ${e.notifications?.map(e=>i`<p class="soft">${e.resident??`–`}: ${this.say(`notification_${e.state}`)}</p>`)}
          <p class="soft">${this.words.say(`csv_record`)} ${e.record}</p>
        </details>
      </li>
    `}filter(e){this.courier=e.courier??this.courier,this.decision=e.decision??this.decision,this.begin()}begin(){this.pages=void 0,this.next=null,this.renew()}async renew(){await this.take(async()=>{let e=await this.access.entries(this.building.building,this.wanted()),t=Oe(this.pages??[],e.entries);return[t,t.length>1?this.next:e.next]})}async more(){let e=this.next;e===null||this.reads||(this.reads=!0,await this.take(async()=>{let t=await this.access.entries(this.building.building,this.wanted(e));return[ke(this.pages??[],e,t.entries),t.next]}),this.reads=!1,this.requestUpdate())}async take(e){let t=++this.asked;try{let[n,r]=await e();t===this.asked&&([this.pages,this.next]=[n,r])}catch(e){this.tell({text:this.words.refusal(e)})}}wanted(e){return{limit:je,...e!==void 0&&{before:e},...this.courier&&{courier:this.courier},...this.decision&&{decision:this.decision}}}};a([r({type:Number})],H.prototype,`news`,void 0),a([s()],H.prototype,`pages`,void 0),a([s()],H.prototype,`next`,void 0),a([s()],H.prototype,`courier`,void 0),a([s()],H.prototype,`decision`,void 0),H=a([e(`courier-access-entries`)],H);function U(e){return e.target.value}var Me=864e5;function W(e,t){return new Date(Date.parse(`${e}T00:00:00Z`)+t*Me).toISOString().slice(0,10)}var G=e=>!e.windows?.length,K=e=>e.to??e.from;function q(e,t){return e.find(e=>e.from<=t&&t<=K(e))}function Ne(e,t){return e.flatMap(e=>t<e.from||K(e)<t?[e]:[...e.from<t?[{...e,to:W(t,-1)}]:[],...t<K(e)?[{...e,from:W(t,1),to:K(e)}]:[]])}function Pe(e,t){let n=[...e];for(let e=t.from;e<=K(t);e=W(e,1))n=Ne(n,e);let r=[...n,{...t,to:K(t)}].sort((e,t)=>e.from<t.from?-1:1),i=[];for(let e of r){let t=i.at(-1);t&&G(t)&&G(e)&&W(K(t),1)===e.from?t.to=K(e):i.push({...e})}return i}function Fe(e,t){return q(e,t)?Ne(e,t):Pe(e,{from:t,to:t})}function Ie(e,t){let n=`${e}-01`,r=((/* @__PURE__ */ new Date(`${n}T00:00:00Z`)).getUTCDay()-t+7)%7,i=Array(r).fill(void 0);for(let t=n;t.startsWith(e);t=W(t,1))i.push(t);for(;i.length%7;)i.push(void 0);return Array.from({length:i.length/7},(e,t)=>i.slice(t*7,t*7+7))}function Le(e,t){let[n=0,r=1]=e.split(`-`).map(Number);return new Date(Date.UTC(n,r-1+t,1)).toISOString().slice(0,7)}var J=class extends o{constructor(...e){super(...e),this.exceptions=[],this.today=``,this.month=``}static{this.styles=[f,n`
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
    `]}render(){let e=this.month||this.today.slice(0,7),t=Ie(e,1),n=[`01`,`02`,`03`,`04`,`05`,`06`,`07`].map(e=>`2024-01-${e}`),r=this.words.date(`${e}-01`,{month:`long`,year:`numeric`});return i`
      <div class="row">
        <button aria-label=${this.say(`month_before`)} @click=${()=>this.month=Le(e,-1)}>
          ‹
        </button>
        <span class="grow" aria-live="polite">${r}</span>
        <button aria-label=${this.say(`month_after`)} @click=${()=>this.month=Le(e,1)}>
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
    `}say(e,t){return this.words.say(`panel_${e}`,t)}cell(e){if(!e)return c;let t=q(this.exceptions,e),n=t!==void 0&&G(t),r=this.words.date(e,{weekday:`long`,day:`numeric`,month:`long`});return i`
      <button
        data-date=${e}
        class=${t&&!n?`other`:``}
        aria-pressed=${n}
        aria-label=${n?this.say(`day_off`,{date:r}):r}
        ?disabled=${e<this.today}
        @click=${()=>this.emit(Fe(this.exceptions,e))}
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
    `}line(e){let t=e=>this.words.date(e,{day:`numeric`,month:`short`,year:`numeric`}),n=e.to??e.from,r=n===e.from?t(e.from):this.words.say(`page_from_to`,{first:t(e.from),last:t(n)}),a=G(e)?this.words.say(`page_closed`):e.windows?.map(({from:e,to:t})=>`${e.slice(0,5)}–${t.slice(0,5)}`).join(`, `);return i`
      <li class="row">
        <span class="grow">${this.words.say(`page_hours_line`,{days:r,hours:a??``})}</span>
        <button
          aria-label=${this.say(`remove_named`,{name:r})}
          @click=${()=>this.emit(this.exceptions.filter(t=>t!==e))}
        >
          ${this.say(`delete`)}
        </button>
      </li>
    `}add(e){e.preventDefault();let t=e.target,[n,r,i,a]=[`first`,`last`,`from`,`to`].map(e=>String(new FormData(t).get(e)??``)),o=i&&a?[{from:i,to:a===`00:00`?`24:00`:a}]:[],s={from:n,to:r>=n?r:n,...o.length&&{windows:o}};t.reset(),this.emit(Pe(this.exceptions,s))}emit(e){let t=e.filter(e=>(e.to??e.from)<this.today),n=e.filter(e=>!t.includes(e));this.dispatchEvent(new CustomEvent(`ca-exceptions`,{detail:n,bubbles:!0,composed:!0}))}};a([r({attribute:!1})],J.prototype,`words`,void 0),a([r({attribute:!1})],J.prototype,`exceptions`,void 0),a([r()],J.prototype,`today`,void 0),a([s()],J.prototype,`month`,void 0),J=a([e(`courier-access-days-off`)],J);var Re=[`binary_sensor`,`calendar`,`device_tracker`,`group`,`input_boolean`,`person`,`schedule`,`switch`],Y=class extends o{constructor(...e){super(...e),this.entities=[],this.name=``,this.heading=``}static{this.styles=[f]}render(){let e=Object.values(this.home.states).filter(e=>e!==void 0).filter(({entity_id:e})=>Re.includes(e.split(`.`)[0]??``)&&!this.entities.includes(e)).map(({entity_id:e})=>[e,this.nameOf(e)]).sort(([,e],[,t])=>e.localeCompare(t));return i`
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
    `}nameOf(e){return this.home.states[e]?.attributes.friendly_name??e}add(e){let t=e.target,n=t.value;t.value=``,n&&this.emit([...this.entities,n])}emit(e){let t={[this.name]:e};this.dispatchEvent(new CustomEvent(`ca-rules`,{detail:t,bubbles:!0,composed:!0}))}};a([r({attribute:!1})],Y.prototype,`home`,void 0),a([r({attribute:!1})],Y.prototype,`words`,void 0),a([r({attribute:!1})],Y.prototype,`entities`,void 0),a([r()],Y.prototype,`name`,void 0),a([r()],Y.prototype,`heading`,void 0),Y=a([e(`courier-access-linked`)],Y);var ze=class{constructor(e,t,n,r,i){this.access=e,this.building=t,this.resident=n,this.show=r,this.refused=i,this.queue=Promise.resolve(),this.waiting=0}async load(){if(!this.waiting)try{let e=await this.access.rules(this.building,this.resident);this.waiting||this.take(e)}catch(e){this.refused(e)}}async change(e,t=!1){let n=this.kept;if(!n)return!1;this.waiting++;let{consent:r,...i}=e;this.take({...n,...i,consent:Ve(r,n.consent)});let a=this.queue.then(()=>this.send(e,n,t));return this.queue=a,a}async undo(){let e=this.last;this.last=void 0,e&&await this.change(e,!0)}async send(e,t,n){let r=this.kept?.revision??t.revision;try{let i=await this.access.setRules(this.building,this.resident,r,e);return n||(this.last=Be(t,e)),this.waiting--,this.waiting&&this.kept?this.kept={...this.kept,revision:i.revision}:this.take(i),!0}catch(e){return this.waiting--,this.refused(e),await this.load(),!1}}take(e){this.kept=e,this.show(e)}};function Be(e,t){let n=Object.keys(t).filter(e=>e!==`consent`);return Object.fromEntries(n.map(t=>[t,e[t]]))}function Ve(e,t){return e===void 0?t:e?`given`:`withdrawn`}var He=[`allow`,`ask`,`deny`],X=class extends p{constructor(...e){super(...e),this.chosen=``,this.agreed=!1,this.sending=0}willUpdate(e){let t=this.resident;if(!t)return;let n=e.get(`building`);!this.draft||this.draft.resident!==t.resident?(this.rules=void 0,this.draft=new ze(this.access,this.building.building,t.resident,e=>this.rules=e,e=>this.tell({text:this.words.refusal(e)})),this.draft.load()):n&&this.draft.load()}render(){let{resident:e,rules:t}=this;return e?t?i`
      ${d(this.building).length>1?this.choice():c}
      <div
        aria-busy=${this.sending>0}
        @ca-rules=${e=>this.change(e.detail)}
        @ca-week=${e=>this.change({windows:ne(e.detail)})}
        @ca-exceptions=${e=>this.change({exceptions:e.detail})}
      >
        ${t.consent===`given`?c:this.consent(t)}
        <section>
          <h2>${this.words.say(`page_hours_heading`)}</h2>
          ${this.elsewhere()}
          <courier-access-week
            .words=${this.words}
            .spans=${w(C(t.windows))}
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
        ${this.couriers(t)} ${this.conditions(t)} ${this.sharing(t)}
        ${t.consent===`given`?this.consent(t):c}
      </div>
    `:i`<section><p role="status">${this.say(`loading`)}</p></section>`:i`<section><p>${this.say(`no_residence`)}</p></section>`}get resident(){return d(this.building).find(({resident:e})=>e===this.chosen)??d(this.building)[0]}get today(){return new Intl.DateTimeFormat(`en-CA`,{timeZone:this.words.zone}).format(/* @__PURE__ */ new Date)}choice(){return i`
      <section>
        <label
          >${this.say(`which_unit`)}
          <select @change=${e=>this.chosen=e.target.value}>
            ${d(this.building).map(({resident:e,unit:t})=>i`<option value=${e}>${t}</option>`)}
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
        ${this.building.couriers.map(({courier:t,name:n})=>i`
            <p>
              <label
                >${n}
                ${this.attitude(e.couriers[t],n=>this.decide(e,t,n))}
              </label>
            </p>
          `)}
      </section>
    `}attitude(e,t,n=!0){return i`
      <select
        @change=${e=>{let n=e.target.value;t(He.find(e=>e===n))}}
      >
        ${n?i`<option value="" .selected=${e===void 0}>${this.say(`as_default`)}</option>`:c}
        ${He.map(t=>i`
            <option value=${t} .selected=${t===e}>${this.say(`attitude_${t}`)}</option>
          `)}
      </select>
    `}decide(e,t,n){let{[t]:r,...i}=e.couriers;this.change({couriers:n?{...i,[t]:n}:i})}conditions(e){return i`
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
    `}async change(e){let{draft:t}=this;if(!t)return;this.sending++;let n=await t.change(e);if(this.sending--,!n)return;let r=e.consent!==void 0;this.tell({text:r?this.words.say(e.consent?`page_said_give_consent`:`page_said_withdraw_consent`):this.say(`kept`),...!r&&{undo:()=>void this.undo(t)}})}async undo(e){this.sending++,await e.undo(),this.sending--}};a([s()],X.prototype,`chosen`,void 0),a([s()],X.prototype,`agreed`,void 0),a([s()],X.prototype,`rules`,void 0),a([s()],X.prototype,`sending`,void 0),X=a([e(`courier-access-hours`)],X);var Ue=[`now`,`hours`,`entries`,`deliveries`],Z=`building`,We=8,Q=class extends o{constructor(...e){super(...e),this.narrow=!1,this.chosen=``,this.following=new l(this)}static{this.styles=[f,n`
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
    `}get current(){let{all:e}=this.following;return e.find(({building:e})=>e===this.chosen)??e[0]}viewsOf(e){return $(e)?e.is_owner?[...Ue,Z]:Ue:[Z]}viewOf(e){let t=this.route?.path.replace(/^\//,``),n=this.viewsOf(e);return n.find(e=>e===t)??n[0]??`now`}nothing(e){return this.following.failure?i`<p class="status bad" role="alert">${this.following.failure}</p>`:i`<p role="status">${e.say(this.following.absence)}</p>`}choice(e){let{all:t}=this.following;return t.length<2?c:i`
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
        ></courier-access-deliveries>`}}go(e,t){e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),history.pushState(null,``,`/courier-access/${t}`),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}})))}toggleMenu(){this.dispatchEvent(new CustomEvent(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}tell(e){clearTimeout(this.fading),this.told=e,this.fading=setTimeout(()=>this.told=void 0,We*1e3)}toast(e){let{told:t}=this;return t?i`
      <div class="told">
        <span class="grow">${t.text}</span>
        ${t.undo?i`<button
              @click=${()=>{this.told=void 0,t.undo?.()}}
            >
              ${e.say(`panel_undo`)}
            </button>`:c}
      </div>
    `:c}};a([r({type:Boolean,reflect:!0})],Q.prototype,`narrow`,void 0),a([r({attribute:!1})],Q.prototype,`route`,void 0),a([s()],Q.prototype,`chosen`,void 0),a([s()],Q.prototype,`told`,void 0),Q=a([e(`courier-access-panel`)],Q);function $(e){return`doors`in e}export{Q as Panel};