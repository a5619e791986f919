import{a as e,c as t,d as n,f as r,i,l as a,n as o,o as s,r as c,s as l,u}from"./following-38a74876.js";var d={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},f=e=>(...t)=>({_$litDirective$:e,values:t}),p=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},m=[`signed`,`pass`,`address_code`,`parcel_number`],h=[`monday`,`tuesday`,`wednesday`,`thursday`,`friday`,`saturday`,`sunday`],g=r`
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
`,_=1440;function v(e){let[t=`0`,n=`0`]=e.split(`:`);return Number(t)*60+Number(n)}function y(e){return`${String(Math.floor(e/60)).padStart(2,`0`)}:${String(e%60).padStart(2,`0`)}`}function ee(e){return e.map(({from:e,to:t})=>({from:`${y(e)}:00`,to:`${y(t)}:00`}))}function te(e){return h.flatMap((t,n)=>(e[t]??[]).map(({from:e,to:t})=>({day:n,from:v(e),to:v(t)})))}function ne(e){let t={};for(let[n,r]of h.entries()){let i=e.filter(e=>e.day===n);i.length&&(t[r]=ee(i))}return t}function b(e){let t=[...e].sort((e,t)=>e.day-t.day||e.from-t.from),n=[];for(let e of t){let t=n.at(-1);t&&t.day===e.day&&e.from<=t.to?t.to=Math.max(t.to,e.to):n.push({...e})}return n}function x(e){return Math.min(_,Math.max(0,Math.round(e/15)*15))}function S(e,t,n){let[r,i]=[x(Math.min(t,n)),x(Math.max(t,n))],a=Math.min(r,1425);return{day:e,from:a,to:Math.max(i,a+15)}}function re(e,t,n){let r=e.to-e.from,i=Math.min(_-r,Math.max(0,Math.round(n/15)*15));return{day:Math.min(6,Math.max(0,t)),from:i,to:i+r}}function ie(e,t,n){let r=x(n);return t===`from`?{...e,from:Math.min(r,e.to-15)}:{...e,to:Math.max(r,e.from+15)}}function ae(e,t,n){let r=e.filter(e=>e!==t);return b(n?[...r,n]:r)}function oe(e,t,n){let r=e.filter(e=>e.day===t||!n.includes(e.day)),i=e.filter(e=>e.day===t);return b([...r,...n.filter(e=>e!==t).flatMap(e=>i.map(t=>({...t,day:e})))])}function se(e,t,n){return e.find(e=>e.day===t&&e.from<=n&&n<e.to)}function ce(e,t){let n=e.filter(e=>e.day===t),r={day:t,from:540,to:720};if(n.every(e=>e.to<r.from||r.to<e.from))return r;let{from:i,to:a}=[...n,{day:t,from:_,to:_}].map((e,t)=>({from:t===0?0:(n[t-1]?.to??0)+15,to:e.from===1440?_:e.from-15})).reduce((e,t)=>t.to-t.from>e.to-e.from?t:e);return a-i<15?void 0:{day:t,from:i,to:Math.min(a,i+180)}}function C(e){return e.residents.filter(e=>e.is_me)}var w=class extends s{static{this.styles=g}say(e,t){return this.words.say(`panel_${e}`,t)}tell(e){this.dispatchEvent(new CustomEvent(`ca-told`,{detail:e,bubbles:!0,composed:!0}))}async act(e,t){try{return await e(),t&&this.tell({text:t}),!0}catch(e){return this.tell({text:this.words.refusal(e)}),!1}}};o([i({attribute:!1})],w.prototype,`home`,void 0),o([i({attribute:!1})],w.prototype,`words`,void 0),o([i({attribute:!1})],w.prototype,`access`,void 0),o([i({attribute:!1})],w.prototype,`building`,void 0);var{I:le}=u,T=e=>e,E=()=>document.createComment(``),D=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new le(r.insertBefore(E(),i),r.insertBefore(E(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=T(e).nextSibling;T(r).insertBefore(e,i),e=t}}}return n},O=(e,t,n=e)=>(e._$AI(t,n),e),ue={},k=(e,t=ue)=>e._$AH=t,de=e=>e._$AH,A=e=>{e._$AR(),e._$AA.remove()},fe=f(class extends p{constructor(){super(...arguments),this.key=l}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(k(e),this.key=t),n}}),j=(e,t,n)=>{let r=/* @__PURE__ */ new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},M=f(class extends p{constructor(e){if(super(e),e.type!==d.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[n,r,i]){let a=de(e),{values:o,keys:s}=this.dt(n,r,i);if(!Array.isArray(a))return this.ut=s,o;let c=this.ut??=[],l=[],u,d,f=0,p=a.length-1,m=0,h=o.length-1;for(;f<=p&&m<=h;)if(a[f]===null)f++;else if(a[p]===null)p--;else if(c[f]===s[m])l[m]=O(a[f],o[m]),f++,m++;else if(c[p]===s[h])l[h]=O(a[p],o[h]),p--,h--;else if(c[f]===s[h])l[h]=O(a[f],o[h]),D(e,l[h+1],a[f]),f++,h--;else if(c[p]===s[m])l[m]=O(a[p],o[m]),D(e,a[f],a[p]),p--,m++;else if(u===void 0&&(u=j(s,m,h),d=j(c,f,p)),u.has(c[f])){if(u.has(c[p])){let t=d.get(s[m]),n=t===void 0?null:a[t];if(n===null){let t=D(e,a[f]);O(t,o[m]),l[m]=t}else l[m]=O(n,o[m]),D(e,a[f],n),a[t]=null;m++}else A(a[p]),p--}else A(a[f]),f++;for(;m<=h;){let t=D(e,l[h+1]);O(t,o[m]),l[m++]=t}for(;f<=p;){let e=a[f++];e!==null&&A(e)}return this.ut=s,k(e,l),t}}),pe=864e5;function N(e,t){return new Date(Date.parse(`${e}T00:00:00Z`)+t*pe).toISOString().slice(0,10)}var P=e=>!e.windows?.length,F=e=>e.to??e.from;function I(e,t){return e.find(e=>e.from<=t&&t<=F(e))}function L(e,t){return e.flatMap(e=>t<e.from||F(e)<t?[e]:[...e.from<t?[{...e,to:N(t,-1)}]:[],...t<F(e)?[{...e,from:N(t,1),to:F(e)}]:[]])}function R(e,t){let n=[...e];for(let e=t.from;e<=F(t);e=N(e,1))n=L(n,e);let r=[...n,{...t,to:F(t)}].sort((e,t)=>e.from<t.from?-1:1),i=[];for(let e of r){let t=i.at(-1);t&&P(t)&&P(e)&&N(F(t),1)===e.from?t.to=F(e):i.push({...e})}return i}function me(e,t){return I(e,t)?L(e,t):R(e,{from:t,to:t})}function he(e,t){let n=`${e}-01`,r=((/* @__PURE__ */ new Date(`${n}T00:00:00Z`)).getUTCDay()-t+7)%7,i=Array(r).fill(void 0);for(let t=n;t.startsWith(e);t=N(t,1))i.push(t);for(;i.length%7;)i.push(void 0);return Array.from({length:i.length/7},(e,t)=>i.slice(t*7,t*7+7))}function ge(e,t){let[n=0,r=1]=e.split(`-`).map(Number);return new Date(Date.UTC(n,r-1+t,1)).toISOString().slice(0,7)}var z={day:{from:`08:00`,to:`18:00`},evening:{from:`17:00`,to:`21:00`},all_day:{from:`00:00`,to:`00:00`}};function B(e,t){let n=h[((/* @__PURE__ */ new Date(`${t}T00:00:00Z`)).getUTCDay()+6)%7],r=I(e.exceptions,t),i=(r?r.windows:n&&e.windows[n])??[];if(!i.length)return;let a=i.map(e=>e.from).sort()[0]??``,o=i.map(e=>e.to).sort().at(-1)??``;return{from:a.slice(0,5),to:o.slice(0,5)===`24:00`?`00:00`:o.slice(0,5)}}function _e({from:e,to:t}){let n=v(t)-v(e);return(n>0?n:n+_)/60}function V(e,{from:t,to:n}){let r=t<n?e:N(e,1);return{starts_at:`${e}T${t}:00`,ends_at:`${r}T${n}:00`}}function ve(e,t,n,r){let i=t&&B(t,e);return[...[...i?[[`mine`,i]]:[],[`day`,z.day],[`evening`,z.evening],[`all_day`,z.all_day]].filter(([,t])=>_e(t)<=n.longest_grant_hours&&V(e,t).ends_at>r),[`other`,void 0]]}function H({couriers:e,doors:t}){return e.filter(e=>e.enabled&&t.some(({door:t})=>e.doors.includes(t)))}function ye({pin:e,short_code:t,link:n},r){return[r.title,r.window,`${r.pin} ${e}`,`${r.code} ${t}`,...n?[n]:[]].join(`
`)}var be=29,U=`other`,xe=64,W=class extends w{constructor(...e){super(...e),this.unit=``,this.courier=``,this.choice=``,this.day=``,this.refusal=``,this.sending=!1,this.times={from:``,to:``},this.read=``}static{this.styles=[w.styles,r`
      form > label,
      form > .row > label {
        display: block;
        margin-block-end: 6px;
      }
      form > label > :is(select, input) {
        display: block;
        width: 100%;
        margin-block-start: 4px; /* Room for the focus ring below the label. */
      }
    `]}willUpdate(e){this.day||this.begin();let t=this.resident,n=`${this.building.building} ${t?.resident}`;t&&(n!==this.read||e.get(`building`))&&(this.read=n,this.access.rules(this.building.building,t.resident).then(e=>this.rules=e,()=>this.rules=void 0))}firstUpdated(){this.renderRoot.querySelector(`select`)?.focus()}begin(){let{delivery:e}=this;if(!e){this.choice=this.day=this.today;return}let[t,n]=[this.words.wall(e.starts_at),this.words.wall(e.ends_at)];this.unit=e.units?.[0]??``,this.courier=e.courier_id??``,this.day=t.day,this.choice=this.days.includes(t.day)?t.day:U,this.preset=`other`,this.times={from:t.time,to:n.time}}render(){let e=this.chosen;if(!e)return l;let t=ve(this.day,this.rules,e,this.now),[n]=t.find(([e])=>e===this.preset)??t[0]??[`other`],r=this.doorsOf(e);return a`
      <form aria-busy=${this.sending} @submit=${e=>this.send(e,t,n)}>
        ${this.delivery?l:this.who(e)}
        ${r.length>1?this.select(this.words.say(`csv_door`),`door`,r.map(({door:e,name:t})=>[e,t]),this.delivery?.door_id??``):l}
        ${this.when()}
        ${this.select(this.words.say(`page_time`),`hours`,t.map(([e,t])=>[e,this.preset_name(e,t)]),n,e=>this.preset=e)}
        ${n===`other`?a`<div class="row">
              <label>${this.say(`from`)} <input type="time" name="from" .value=${this.times.from} required /></label>
              <label>${this.say(`to`)} <input type="time" name="to" .value=${this.times.to} required /></label>
            </div>`:l}
        <label
          >${this.words.say(`page_note`)}
          <input
            name="parcel"
            maxlength=${xe}
            autocomplete="off"
            aria-describedby="note"
            value=${this.delivery?.parcel_ref??``}
        /></label>
        <p class="soft" id="note">${this.words.say(`page_note_says`)}</p>
        ${this.refusal?a`<p class="status bad" role="alert">${this.refusal}</p>`:l}
        <div class="row">
          <button class="main" ?disabled=${this.sending}>${this.say(`save`)}</button>
          <button type="button" @click=${()=>this.close()}>${this.say(`cancel`)}</button>
        </div>
      </form>
    `}who(e){let t=C(this.building).map(({unit:e})=>e);return a`
      ${t.length>1?this.select(this.say(`which_unit`),`unit`,t.map(e=>[e,e]),this.resident?.unit??``,e=>this.unit=e):l}
      ${this.select(this.words.say(`csv_courier`),`courier`,H(this.building).map(({courier:e,name:t})=>[e,t]),e.courier,e=>this.courier=e)}
    `}when(){let e=new Intl.RelativeTimeFormat(this.words.language,{numeric:`auto`}),t=e=>this.words.date(e,{weekday:`short`,day:`numeric`,month:`short`});return a`
      ${this.select(this.words.say(`page_day`),`day`,[...this.days.map((n,r)=>[n,`${e.format(r,`day`)} (${t(n)})`]),[U,this.say(`other_day`)]],this.choice,e=>{this.choice=e,e!==U&&(this.day=e)})}
      ${this.choice===U?a`<label
            ><span class="quiet">${this.say(`other_day`)}</span>
            <input
              type="date"
              name="date"
              min=${this.today}
              max=${N(this.today,be)}
              .value=${this.day}
              required
              @change=${e=>this.day=e.target.value||this.day}
          /></label>`:l}
    `}select(e,t,n,r,i){return a`<label
      >${e}
      <select name=${t} @change=${e=>i?.(e.target.value)}>
        ${n.map(([e,t])=>a`<option value=${e} .selected=${e===r}>${t}</option>`)}
      </select></label
    >`}preset_name(e,t){if(e===`other`||!t)return this.words.say(`page_other_times`);if(e===`all_day`)return this.words.say(`page_all_day`);let n=this.words.say(`page_hours`,{start:t.from,end:t.to===`00:00`?`24:00`:t.to});return e===`mine`?`${this.words.say(`page_my_hours`)} (${n})`:n}get resident(){let e=C(this.building).filter(e=>!e.waits_for_confirmation);return e.find(({unit:e})=>e===this.unit)??e[0]}get chosen(){let e=H(this.building);return e.find(({courier:e})=>e===this.courier)??e[0]}doorsOf(e){return this.building.doors.filter(({door:t})=>e.doors.includes(t))}get now(){let{day:e,time:t}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return`${e}T${t}:00`}get today(){return this.now.slice(0,10)}get days(){return[this.today,N(this.today,1)]}async send(e,t,n){e.preventDefault();let r=new FormData(e.target),i=e=>String(r.get(e)??``),a=this.chosen;if(!a||this.sending)return;this.times=n===`other`?{from:i(`from`),to:i(`to`)}:this.times;let o=t.find(([e])=>e===n)?.[1]??this.times,s=i(`door`)||this.doorsOf(a)[0]?.door||``,c={...V(this.day,o),door:s,parcel_ref:i(`parcel`)},{building:l}=this.building,{delivery:u}=this;this.sending=!0,this.refusal=``;try{let{decision:e,reason:t}=u?.grant_id?await this.access.revise(l,a.courier,u.grant_id,c):await this.access.issue(l,a.courier,this.resident?.unit??``,c);if(e===`accepted`)this.tell({text:this.words.say(u?`page_said_revise`:`page_said_expect`)}),this.close();else{let e=this.words.say(`notification_reason_${t}`);this.refusal=`${this.words.say(`page_expect_refused`)} ${e}`}}catch(e){this.refusal=this.words.refusal(e)}this.sending=!1}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};o([i({attribute:!1})],W.prototype,`delivery`,void 0),o([c()],W.prototype,`unit`,void 0),o([c()],W.prototype,`courier`,void 0),o([c()],W.prototype,`choice`,void 0),o([c()],W.prototype,`day`,void 0),o([c()],W.prototype,`preset`,void 0),o([c()],W.prototype,`rules`,void 0),o([c()],W.prototype,`refusal`,void 0),o([c()],W.prototype,`sending`,void 0),W=o([e(`courier-access-expect`)],W);var G=3,K=20,q=class extends w{constructor(...e){super(...e),this.orders=[],this.draft={}}willUpdate(e){this.resident&&this.read!==this.building.building&&(this.read=this.building.building,this.sources=void 0,this.load())}render(){let{resident:e,sources:t}=this;if(!e)return l;let n=this.orders.filter(e=>e.resident!==void 0);return a`
      <section>
        <h2>${this.say(`orders`)}</h2>
        <p class="soft">${this.say(`orders_says`)}</p>
        ${n.length===0?a`<p>${this.say(`orders_none`)}</p>`:a`<ul>
              ${n.map(e=>this.row(e))}
            </ul>`}
        ${t?this.form(e,t):a`<button @click=${()=>this.open(e)}>${this.say(`orders_give`)}</button>`}
      </section>
    `}get resident(){return C(this.building)[0]}async load(){await this.act(async()=>this.orders=await this.access.orders(this.building.building))}row(e){let t=[e.courier??`–`,e.door].filter(Boolean).join(`, `);return a`
      <li data-order=${e.order}>
        <p><strong>${t}</strong></p>
        <p>${e.source??this.say(`orders_gone`)}</p>
        <p class="soft">
          ${this.say(`orders_most`,{count:e.most_per_day??0})}${e.is_paused?a` · ${this.say(`orders_paused`)}`:l}
        </p>
        <div class="row">
          <button @click=${()=>this.pause(e)}>
            ${e.is_paused?this.say(`orders_resume`):this.say(`orders_pause`)}
          </button>
          <button class="stop" @click=${()=>this.withdraw(e)}>${this.say(`orders_withdraw`)}</button>
        </div>
      </li>
    `}form(e,t){let{draft:n}=this,r=n.device!==void 0||n.sensor!==void 0;return a`
      <p>
        <label
          >${this.say(`orders_source`)}
          <select name="source" @change=${e=>this.choose(e)}>
            <option value="">–</option>
            <optgroup label=${this.say(`orders_accounts`)}>
              ${t.devices.map(({device:e,name:t})=>a`<option value="device ${e}">${t}</option>`)}
            </optgroup>
            <optgroup label=${this.say(`orders_sensors`)}>
              ${t.sensors.map(({sensor:e,name:t})=>a`<option value="sensor ${e}">${t}</option>`)}
            </optgroup>
          </select>
        </label>
      </p>
      <p>
        <label
          >${this.say(`orders_courier`)}
          <select name="courier" @change=${e=>this.put(`courier`,J(e))}>
            <option value="">–</option>
            ${this.building.couriers.filter(({enabled:e})=>e).map(({courier:e,name:t})=>a`<option value=${e}>${t}</option>`)}
          </select>
        </label>
      </p>
      ${this.building.doors.length>1?a`<p>
            <label
              >${this.say(`orders_door`)}
              <select name="door" @change=${e=>this.put(`door`,J(e))}>
                <option value="">–</option>
                ${this.building.doors.map(({door:e,name:t})=>a`<option value=${e}>${t}</option>`)}
              </select>
            </label>
          </p>`:l}
      <p>
        <label
          >${this.say(`orders_count`)}
          <input
            type="number"
            min="1"
            max=${K}
            .value=${String(n.most_per_day??G)}
            @change=${e=>this.count(e)}
        /></label>
      </p>
      <div class="row">
        <button class="main" ?disabled=${!r||!n.courier} @click=${()=>this.give(e)}>
          ${this.say(`orders_give`)}
        </button>
        <button @click=${()=>this.sources=void 0}>${this.say(`cancel`)}</button>
      </div>
    `}async open(e){this.draft={},await this.act(async()=>this.sources=await this.access.orderSources(this.building.building,e.resident))}choose(e){let{device:t,sensor:n,...r}=this.draft,[i,a]=J(e).split(` `);this.draft={...r,...i===`device`||i===`sensor`?{[i]:a}:{}}}put(e,t){let{[e]:n,...r}=this.draft;this.draft=t?{...r,[e]:t}:r}count(e){let t=Math.round(Number(J(e)))||G;this.draft={...this.draft,most_per_day:Math.min(K,Math.max(1,t))}}async give(e){await this.act(()=>this.access.setOrder(this.building.building,e.resident,this.draft),this.say(`orders_given`))&&(this.sources=void 0),await this.load()}async pause({order:e,is_paused:t,resident:n}){n!==void 0&&(await this.act(()=>this.access.setOrder(this.building.building,n,{order:e,paused:!t})),await this.load())}async withdraw({order:e}){await this.act(()=>this.access.withdrawOrder(this.building.building,e),this.say(`orders_withdrawn`)),await this.load()}};o([c()],q.prototype,`orders`,void 0),o([c()],q.prototype,`sources`,void 0),o([c()],q.prototype,`draft`,void 0),q=o([e(`courier-access-orders`)],q);function J(e){return e.target.value}var Y=class extends w{static{this.styles=[w.styles,r`
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
    `]}render(){let{pin:e,short_code:t,link:r,qr:i,starts_at:o,ends_at:s}=this.made;return a`
      <div class="status good" role="status">
        <h3>${this.words.say(`page_pass`)}</h3>
        <p>${this.words.say(`page_pass_pin`)} <span class="code" data-pin>${e}</span></p>
        <p>${this.words.say(`page_pass_code`)} <span class="code short">${t}</span></p>
        ${r?a`<p class="link">${this.words.say(`page_pass_link`)} <a href=${r}>${r}</a></p>`:l}
        ${i?a`<svg
              viewBox="0 0 ${i.side} ${i.side}"
              role="img"
              aria-label=${this.words.say(`page_pass_qr`)}
              shape-rendering="crispEdges"
            >
              ${n`<path d=${i.path} />`}
            </svg>`:l}
        <p>${this.words.span(o,s)}</p>
        <p>${this.words.say(`page_pass_says`)}</p>
        <p class="soft">${this.words.say(`page_said_make_pass`)}</p>
        <div class="row">
          <button class="main" @click=${()=>this.share()}>${this.say(`share`)}</button>
          <button class="stop" @click=${()=>this.revoke()}>${this.say(`revoke`)}</button>
          <button @click=${()=>this.close()}>${this.say(`close`)}</button>
        </div>
      </div>
    `}async share(){let{words:e,delivery:t,made:n}=this,r=ye(n,{title:e.say(`page_at`,{courier:t.courier,door:t.door}),window:e.span(n.starts_at,n.ends_at),pin:e.say(`page_pass_pin`),code:e.say(`page_pass_code`)});try{if(typeof navigator.share==`function`)return await navigator.share({text:r});await Se(r),this.tell({text:this.say(`copied`)})}catch(t){t.name!==`AbortError`&&this.tell({text:e.refusal(t)})}}async revoke(){await this.act(()=>this.access.revokePass(this.building.building,this.made.pass),this.words.say(`page_said_revoke_pass`))&&this.close()}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};o([i({attribute:!1})],Y.prototype,`delivery`,void 0),o([i({attribute:!1})],Y.prototype,`made`,void 0),Y=o([e(`courier-access-pass`)],Y);async function Se(e){if(navigator.clipboard)return navigator.clipboard.writeText(e);let t=document.body.appendChild(document.createElement(`textarea`));t.value=e,t.select();let n=document.execCommand(`copy`);if(t.remove(),!n)throw Error(e)}var X=`new`,Z=class extends w{disconnectedCallback(){super.disconnectedCallback(),this.made=this.edited=void 0}render(){let e=this.building.expected;return a`
      <section>
        <h2>${this.words.say(`page_expected`)}</h2>
        <p class="soft">${this.say(`expected_says`)}</p>
        ${e.length===0?a`<p>${this.say(`expected_none`)}</p>`:a`<ul>
              ${M(e,Q,e=>this.delivery(e))}
            </ul>`}
        ${this.announce()}
      </section>
      <courier-access-orders
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-orders>
    `}delivery(e){return a`
      <li>
        <p>
          <strong>${this.words.say(`page_at`,{courier:e.courier,door:e.door})}</strong>
        </p>
        <p>${this.words.span(e.starts_at,e.ends_at)}</p>
        ${e.units?a`<p>${e.units.map(e=>this.words.say(`notification_unit`,{unit:e})).join(` `)}</p>`:a`<p class="soft">${this.say(`expected_others`)}</p>`}
        ${e.parcel_ref?a`<p>${this.words.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:l}
        ${e.entries_left===void 0?l:a`<p class="soft">${this.say(`entries_left`,{count:e.entries_left})}</p>`}
        ${e.units?this.own(e):l}
      </li>
    `}announce(){if(!C(this.building).filter(e=>!e.waits_for_confirmation).length||!H(this.building).length)return l;let{edited:e}=this;if(!e)return a`<p>
        <button class="main" data-expect @click=${()=>this.edited=X}>${this.words.say(`page_expect`)}</button>
      </p>`;let t=e===X?void 0:e,n=t&&this.words.say(`page_at`,{courier:t.courier,door:t.door});return a`
      <h3>${n?`${this.words.say(`page_change`)}: ${n}`:this.words.say(`page_expect`)}</h3>
      <p class="soft">${this.words.say(`page_expect_says`)}</p>
      ${fe(t?Q(t):X,a`<courier-access-expect
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${t}
          @ca-close=${()=>this.edited=void 0}
        ></courier-access-expect>`)}
    `}own(e){let t=Q(e),{made:n}=this;return n?.key===t?a`<courier-access-pass
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${e}
        .made=${n.pass}
        @ca-close=${()=>this.made=void 0}
      ></courier-access-pass>`:a`
      <div class="row">
        <button @click=${()=>this.pass(e)}>${this.words.say(`page_pass`)}</button>
        ${e.is_mine?a`<button @click=${()=>this.edited=e}>${this.words.say(`page_change`)}</button>
              <button class="stop" @click=${()=>this.cancel(e)}>${this.words.say(`page_cancel`)}</button>`:l}
      </div>
      ${e.passes?.map(({pass:e,made_at:t})=>a`<p>
            <button class="stop" data-pass=${e} @click=${()=>this.revoke(e)}>
              ${this.words.say(`page_revoke_pass`,{time:this.words.moment(t)})}
            </button>
          </p>`)}
      ${e.is_mine?l:this.veto(e)}
    `}async pass(e){let{courier_id:t,grant_id:n}=e;t!==void 0&&n!==void 0&&await this.act(async()=>{let r=await this.access.makePass(this.building.building,t,n);this.isConnected&&(this.made={key:Q(e),pass:r})})}revoke(e){return this.act(()=>this.access.revokePass(this.building.building,e),this.words.say(`page_said_revoke_pass`))}async cancel({courier_id:e,grant_id:t}){e!==void 0&&t!==void 0&&await this.act(()=>this.access.revoke(this.building.building,e,t),this.words.say(`page_said_cancel`))}veto(e){let t=Q(e);return this.asked===t?a`<p role="alert">${this.say(`veto_sure`)}</p>
          <div class="row">
            <button class="stop" @click=${()=>this.forbid(e)}>${this.say(`veto_yes`)}</button>
            <button @click=${()=>this.asked=void 0}>${this.say(`cancel`)}</button>
          </div>`:a`<button class="stop" @click=${()=>this.asked=t}>${this.words.say(`page_veto`)}</button>`}async forbid(e){let{courier_id:t,grant_id:n,units:r}=e;if(this.asked=void 0,t!==void 0&&n!==void 0){for(let e of r??[])if(!await this.act(()=>this.access.veto(this.building.building,t,n,e),this.words.say(`page_said_veto`)))return}}};o([c()],Z.prototype,`asked`,void 0),o([c()],Z.prototype,`edited`,void 0),o([c()],Z.prototype,`made`,void 0),Z=o([e(`courier-access-deliveries`)],Z);function Q({courier_id:e,grant_id:t,courier:n,starts_at:r},i){return t===void 0?`${n} ${r} ${i}`:`${e} ${t}`}var $=class extends w{render(){return a`
      ${this.building.doors.map(e=>this.door(e))}
      ${this.building.pending_residents.map(e=>a`
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
      ${C(this.building).map(e=>this.unit(e))} ${this.whole()}
    `}door(e){let t=e.lock===null?void 0:this.home.states[e.lock],n=t?.state??`unavailable`,r=[`locked`,`unlocked`,`unlocking`,`locking`,`jammed`,`open`,`opening`],i=t?.attributes.changed_by;return a`
      <section>
        <h2>${e.name}</h2>
        <p class="status ${n===`locked`?`good`:`bad`}" data-door=${e.door} data-state=${n}>
          <strong>${this.say(`door_${r.includes(n)?n:`unavailable`}`)}</strong>
        </p>
        ${i?a`<p class="soft">${this.say(`door_by`,{courier:i})}</p>`:l}
        ${e.codes_off?a`<p>${this.say(`codes_off`)}</p>
              <button
                @click=${()=>this.act(()=>this.access.turnCodesOn(this.building.building,e.door),this.say(`codes_on`))}
              >
                ${this.say(`turn_codes_on`)}
              </button>`:l}
      </section>
    `}unit(e){let{building:t}=this.building,n=e.unit_paused_until;return a`
      <section>
        <h2>${this.say(`unit`,{unit:e.unit})}</h2>
        <div class="status ${e.shut===null?`good`:`bad`}" data-shut=${e.shut??``}>
          <strong>${this.words.say(e.shut===null?`page_open`:`page_shut`)}</strong>
          <p>
            ${e.shut===null?this.words.say(`page_open_says`):this.words.say(`page_shut_${e.shut}`)}
          </p>
          ${e.next_change?a`<p class="soft">
                ${this.say(`next_change`,{time:this.words.moment(e.next_change)})}
              </p>`:l}
        </div>
        ${e.waits_for_confirmation?l:a`<p>
              ${n?a`${this.words.say(`page_unit_paused`,{until:this.words.moment(n)})}
                    <button
                      class="main"
                      @click=${()=>this.act(()=>this.access.resume(t,e.unit),this.words.say(`page_said_resume_unit`))}
                    >
                      ${this.words.say(`page_resume_unit`)}
                    </button>`:a`${this.words.say(`page_stop_unit_says`)}<br />
                    <button
                      class="stop"
                      @click=${()=>this.act(()=>this.access.pause(t,e.unit),this.words.say(`page_said_pause_unit`))}
                    >
                      ${this.words.say(`page_pause_unit`)}
                    </button>`}
            </p>`}
      </section>
    `}whole(){let{building:e,paused_until:t}=this.building;return a`
      <section>
        <h2>${this.say(`whole`)}</h2>
        ${t?a`<p class="status bad">
                ${this.words.say(`page_building_paused`,{until:this.words.moment(t)})}
              </p>
              <button
                class="main"
                @click=${()=>this.act(()=>this.access.resume(e),this.words.say(`page_said_resume_building`))}
              >
                ${this.words.say(`page_resume_building`)}
              </button>`:a`<p>${this.words.say(`page_stop_building_says`)}</p>
              <button
                class="stop"
                @click=${()=>this.act(()=>this.access.pause(e),this.words.say(`page_said_pause_building`))}
              >
                ${this.words.say(`page_pause_building`)}
              </button>`}
      </section>
    `}};$=o([e(`courier-access-now`)],$);export{g as C,p as D,f as E,d as O,ne as S,h as T,re as _,he as a,ie as b,w as c,y as d,oe as f,v as g,b as h,me as i,C as l,se as m,P as n,R as o,S as p,ge as r,M as s,I as t,_ as u,te as v,m as w,ce as x,ae as y};