import{a as e,d as t,i as n,l as r,n as i,o as a,r as o,s}from"./following-a708681b.js";var c=t`
  :host {
    display: block;
    color: var(--primary-text-color, #141414);
    font-family: var(--ha-font-family-body, Roboto, Noto, sans-serif);
    line-height: 1.45;
  }
  section {
    background: var(--ha-card-background, var(--card-background-color, #fff));
    border: 1px solid var(--divider-color, #d0d0d0);
    border-radius: var(--ha-card-border-radius, 12px);
    padding: 16px;
    margin-block-end: 16px;
  }
  :host([flat]) section {
    background: none;
    border: 0;
    border-block-start: 1px solid var(--divider-color, #d0d0d0);
    border-radius: 0;
    margin: 0;
  }
  h2 {
    font-size: 1.15rem;
    font-weight: 500;
    margin: 0 0 8px;
  }
  h3 {
    font-size: 1rem;
    font-weight: 500;
    margin: 16px 0 4px;
  }
  p {
    margin: 4px 0;
  }
  /*
   * Names and words need not be written in the direction of the page: a building's name in another script, or our
   * words where the reader's language has none. Each is ordered by itself, at the page's side.
   */
  :is(h1, h2, h3, p, li, summary, strong, button, a, select, textarea, .grow) {
    unicode-bidi: plaintext;
  }
  :is(h1, h2, h3, p, li, summary, .grow) {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .soft {
    color: var(--secondary-text-color, #5e5e5e);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  li {
    border-block-start: 1px solid var(--divider-color, #d0d0d0);
    padding: 10px 0;
    overflow-wrap: anywhere;
  }
  li h3,
  h3:first-child {
    margin-block-start: 0;
  }
  li:first-child {
    border-block-start: 0;
  }
  button,
  select,
  input,
  textarea {
    font: inherit;
    color: inherit;
    background: var(--ha-card-background, var(--card-background-color, #fff));
    border: 1px solid var(--secondary-text-color, #727272);
    border-radius: 8px;
    padding: 8px 12px;
    min-height: 40px;
    box-sizing: border-box;
    min-width: 0;
    max-width: 100%;
  }
  textarea {
    width: 100%;
  }
  input[type="checkbox"] {
    min-height: 0;
    width: 20px;
    height: 20px;
    accent-color: var(--primary-color, #009ac7);
  }
  button {
    cursor: pointer;
  }
  a {
    color: inherit;
  }
  button.main {
    border: 2px solid var(--primary-color, #009ac7);
    font-weight: 500;
  }
  button.stop {
    border: 2px solid var(--error-color, #db4437);
    font-weight: 500;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :focus-visible {
    outline: 3px solid var(--primary-color, #009ac7);
    outline-offset: 2px;
  }
  label {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    max-width: 100%;
  }
  .status {
    border-inline-start: 6px solid var(--divider-color, #d0d0d0);
    padding-inline-start: 12px;
  }
  .status.good {
    border-color: var(--success-color, #43a047);
  }
  .status.bad {
    border-color: var(--error-color, #db4437);
  }
  .status strong {
    font-size: 1.1rem;
    font-weight: 500;
  }
  .quiet {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;function l(e){return e.residents.filter(e=>e.is_me)}var u=class extends a{static{this.styles=c}say(e,t){return this.words.say(`panel_${e}`,t)}tell(e){this.dispatchEvent(new CustomEvent(`ca-told`,{detail:e,bubbles:!0,composed:!0}))}async act(e,t){try{return await e(),t&&this.tell({text:t}),!0}catch(e){return this.tell({text:this.words.refusal(e)}),!1}}};i([n({attribute:!1})],u.prototype,`home`,void 0),i([n({attribute:!1})],u.prototype,`words`,void 0),i([n({attribute:!1})],u.prototype,`access`,void 0),i([n({attribute:!1})],u.prototype,`building`,void 0);var d=3,f=20,p=class extends u{constructor(...e){super(...e),this.orders=[],this.draft={}}willUpdate(e){this.resident&&this.read!==this.building.building&&(this.read=this.building.building,this.sources=void 0,this.load())}render(){let{resident:e,sources:t}=this;if(!e)return s;let n=this.orders.filter(e=>e.resident!==void 0);return r`
      <section>
        <h2>${this.say(`orders`)}</h2>
        <p class="soft">${this.say(`orders_says`)}</p>
        ${n.length===0?r`<p>${this.say(`orders_none`)}</p>`:r`<ul>
              ${n.map(e=>this.row(e))}
            </ul>`}
        ${t?this.form(e,t):r`<button @click=${()=>this.open(e)}>${this.say(`orders_give`)}</button>`}
      </section>
    `}get resident(){return l(this.building)[0]}async load(){await this.act(async()=>this.orders=await this.access.orders(this.building.building))}row(e){let t=[e.courier??`–`,e.door].filter(Boolean).join(`, `);return r`
      <li data-order=${e.order}>
        <p><strong>${t}</strong></p>
        <p>${e.source??this.say(`orders_gone`)}</p>
        <p class="soft">
          ${this.say(`orders_most`,{count:e.most_per_day??0})}${e.is_paused?r` · ${this.say(`orders_paused`)}`:s}
        </p>
        <div class="row">
          <button @click=${()=>this.pause(e)}>
            ${e.is_paused?this.say(`orders_resume`):this.say(`orders_pause`)}
          </button>
          <button class="stop" @click=${()=>this.withdraw(e)}>${this.say(`orders_withdraw`)}</button>
        </div>
      </li>
    `}form(e,t){let{draft:n}=this,i=n.device!==void 0||n.sensor!==void 0;return r`
      <p>
        <label
          >${this.say(`orders_source`)}
          <select name="source" @change=${e=>this.choose(e)}>
            <option value="">–</option>
            <optgroup label=${this.say(`orders_accounts`)}>
              ${t.devices.map(({device:e,name:t})=>r`<option value="device ${e}">${t}</option>`)}
            </optgroup>
            <optgroup label=${this.say(`orders_sensors`)}>
              ${t.sensors.map(({sensor:e,name:t})=>r`<option value="sensor ${e}">${t}</option>`)}
            </optgroup>
          </select>
        </label>
      </p>
      <p>
        <label
          >${this.say(`orders_courier`)}
          <select name="courier" @change=${e=>this.put(`courier`,m(e))}>
            <option value="">–</option>
            ${this.building.couriers.filter(({enabled:e})=>e).map(({courier:e,name:t})=>r`<option value=${e}>${t}</option>`)}
          </select>
        </label>
      </p>
      ${this.building.doors.length>1?r`<p>
            <label
              >${this.say(`orders_door`)}
              <select name="door" @change=${e=>this.put(`door`,m(e))}>
                <option value="">–</option>
                ${this.building.doors.map(({door:e,name:t})=>r`<option value=${e}>${t}</option>`)}
              </select>
            </label>
          </p>`:s}
      <p>
        <label
          >${this.say(`orders_count`)}
          <input
            type="number"
            min="1"
            max=${f}
            .value=${String(n.most_per_day??d)}
            @change=${e=>this.count(e)}
        /></label>
      </p>
      <div class="row">
        <button class="main" ?disabled=${!i||!n.courier} @click=${()=>this.give(e)}>
          ${this.say(`orders_give`)}
        </button>
        <button @click=${()=>this.sources=void 0}>${this.say(`cancel`)}</button>
      </div>
    `}async open(e){this.draft={},await this.act(async()=>this.sources=await this.access.orderSources(this.building.building,e.resident))}choose(e){let{device:t,sensor:n,...r}=this.draft,[i,a]=m(e).split(` `);this.draft={...r,...i===`device`||i===`sensor`?{[i]:a}:{}}}put(e,t){let{[e]:n,...r}=this.draft;this.draft=t?{...r,[e]:t}:r}count(e){let t=Math.round(Number(m(e)))||d;this.draft={...this.draft,most_per_day:Math.min(f,Math.max(1,t))}}async give(e){await this.act(()=>this.access.setOrder(this.building.building,e.resident,this.draft),this.say(`orders_given`))&&(this.sources=void 0),await this.load()}async pause({order:e,is_paused:t,resident:n}){n!==void 0&&(await this.act(()=>this.access.setOrder(this.building.building,n,{order:e,paused:!t})),await this.load())}async withdraw({order:e}){await this.act(()=>this.access.withdrawOrder(this.building.building,e),this.say(`orders_withdrawn`)),await this.load()}};i([o()],p.prototype,`orders`,void 0),i([o()],p.prototype,`sources`,void 0),i([o()],p.prototype,`draft`,void 0),p=i([e(`courier-access-orders`)],p);function m(e){return e.target.value}var h=class extends u{render(){let e=this.building.expected;return r`
      <section>
        <h2>${this.words.say(`page_expected`)}</h2>
        <p class="soft">${this.say(`expected_says`)}</p>
        ${e.length===0?r`<p>${this.say(`expected_none`)}</p>`:r`<ul>
              ${e.map(e=>this.delivery(e))}
            </ul>`}
      </section>
      <courier-access-orders
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-orders>
    `}delivery(e){return r`
      <li>
        <p>
          <strong>${this.words.say(`page_at`,{courier:e.courier,door:e.door})}</strong>
        </p>
        <p>${this.words.span(e.starts_at,e.ends_at)}</p>
        ${e.units?r`<p>${e.units.map(e=>this.words.say(`notification_unit`,{unit:e})).join(` `)}</p>`:r`<p class="soft">${this.say(`expected_others`)}</p>`}
        ${e.parcel_ref?r`<p>${this.words.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:s}
        ${e.entries_left===void 0?s:r`<p class="soft">${this.say(`entries_left`,{count:e.entries_left})}</p>`}
        ${e.units?this.veto(e):s}
      </li>
    `}veto(e){let t=`${e.courier_id} ${e.grant_id}`;return this.asked===t?r`<p role="alert">${this.say(`veto_sure`)}</p>
          <div class="row">
            <button class="stop" @click=${()=>this.forbid(e)}>${this.say(`veto_yes`)}</button>
            <button @click=${()=>this.asked=void 0}>${this.say(`cancel`)}</button>
          </div>`:r`<button class="stop" @click=${()=>this.asked=t}>${this.words.say(`page_veto`)}</button>`}async forbid(e){let{courier_id:t,grant_id:n,units:r}=e;if(this.asked=void 0,t!==void 0&&n!==void 0){for(let e of r??[])if(!await this.act(()=>this.access.veto(this.building.building,t,n,e),this.words.say(`page_said_veto`)))return}}};i([o()],h.prototype,`asked`,void 0),h=i([e(`courier-access-deliveries`)],h);var g=class extends u{render(){return r`
      ${this.building.doors.map(e=>this.door(e))}
      ${this.building.pending_residents.map(e=>r`
          <section>
            <h2>${this.say(`newcomer`,{name:e.name,unit:e.unit})}</h2>
            <p>${this.say(`newcomer_says`)}</p>
            <button
              class="main"
              @click=${()=>this.act(()=>this.access.confirm(this.building.building,e.resident),this.say(`newcomer_done`,{name:e.name}))}
            >
              ${this.say(`newcomer_confirm`)}
            </button>
          </section>
        `)}
      ${l(this.building).map(e=>this.unit(e))} ${this.whole()}
    `}door(e){let t=e.lock===null?void 0:this.home.states[e.lock],n=t?.state??`unavailable`,i=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],a=t?.attributes.changed_by;return r`
      <section>
        <h2>${e.name}</h2>
        <p class="status ${n===`locked`?`good`:`bad`}" data-door=${e.door} data-state=${n}>
          <strong>${this.say(`door_${i.includes(n)?n:`unavailable`}`)}</strong>
        </p>
        ${a?r`<p class="soft">${this.say(`door_by`,{courier:a})}</p>`:s}
      </section>
    `}unit(e){let{building:t}=this.building,n=e.unit_paused_until;return r`
      <section>
        <h2>${this.say(`unit`,{unit:e.unit})}</h2>
        <div class="status ${e.shut===null?`good`:`bad`}" data-shut=${e.shut??``}>
          <strong>${this.words.say(e.shut===null?`page_open`:`page_shut`)}</strong>
          <p>
            ${e.shut===null?this.words.say(`page_open_says`):this.words.say(`page_shut_${e.shut}`)}
          </p>
          ${e.next_change?r`<p class="soft">
                ${this.say(`next_change`,{time:this.words.moment(e.next_change)})}
              </p>`:s}
        </div>
        ${e.waits_for_confirmation?s:r`<p>
              ${n?r`${this.words.say(`page_unit_paused`,{until:this.words.moment(n)})}
                    <button
                      class="main"
                      @click=${()=>this.act(()=>this.access.resume(t,e.unit),this.words.say(`page_said_resume_unit`))}
                    >
                      ${this.words.say(`page_resume_unit`)}
                    </button>`:r`${this.words.say(`page_stop_unit_says`)}<br />
                    <button
                      class="stop"
                      @click=${()=>this.act(()=>this.access.pause(t,e.unit),this.words.say(`page_said_pause_unit`))}
                    >
                      ${this.words.say(`page_pause_unit`)}
                    </button>`}
            </p>`}
      </section>
    `}whole(){let{building:e,paused_until:t}=this.building;return r`
      <section>
        <h2>${this.say(`whole`)}</h2>
        ${t?r`<p class="status bad">
                ${this.words.say(`page_building_paused`,{until:this.words.moment(t)})}
              </p>
              <button
                class="main"
                @click=${()=>this.act(()=>this.access.resume(e),this.words.say(`page_said_resume_building`))}
              >
                ${this.words.say(`page_resume_building`)}
              </button>`:r`<p>${this.words.say(`page_stop_building_says`)}</p>
              <button
                class="stop"
                @click=${()=>this.act(()=>this.access.pause(e),this.words.say(`page_said_pause_building`))}
              >
                ${this.words.say(`page_pause_building`)}
              </button>`}
      </section>
    `}};g=i([e(`courier-access-now`)],g);export{l as n,c as r,u as t};