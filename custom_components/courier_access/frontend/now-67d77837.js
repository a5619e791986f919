import{A as e,C as t,D as n,E as r,M as i,O as a,S as o,T as s,d as c,j as l,k as u,n as d,r as f,w as p}from"./following-86071785.js";var m={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},h=e=>(...t)=>({_$litDirective$:e,values:t}),g=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},_=i`
  :host {
    display: block;
    color: var(--primary-text-color, #141414);
    font-family: var(--ha-font-family-body, Roboto, Noto, sans-serif);
    line-height: 1.45;
  }
  section {
    background: var(--ha-card-background, var(--card-background-color, #fff));
    border: var(--ha-card-border-width, 1px) solid var(--ha-card-border-color, var(--divider-color, #e0e0e0));
    border-radius: var(--ha-card-border-radius, var(--ha-border-radius-lg, 12px));
    box-shadow: var(--ha-card-box-shadow, none);
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
    margin: 8px 0;
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
    padding: 8px 0;
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
    min-height: 44px;
    box-sizing: border-box;
    min-width: 0;
    max-width: 100%;
    border: 0;
  }
  select,
  input,
  textarea {
    background: var(--ha-color-form-background, #f3f3f3);
    border-block-end: 1px solid var(--secondary-text-color, #5e5e5e);
    border-radius: 4px 4px 0 0;
    padding: 8px 12px;
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
  /* Home Assistant's colors, with as much contrast as reading needs. */
  button,
  ha-button {
    --ha-button-height: 44px;
    --ca-on: color-mix(in srgb, var(--ha-color-on-primary-normal, #009ac7) 55%, var(--primary-text-color, #141414));
    --wa-color-on-normal: var(--ca-on);
    font-size: var(--ha-font-size-m, 14px);
    font-weight: var(--ha-font-weight-medium, 500);
  }
  ha-button[appearance="accent"],
  button.main {
    --wa-color-fill-loud: var(--ca-loud);
    --ca-loud: color-mix(in srgb, var(--ha-color-fill-primary-loud-resting, #009ac7) 75%, #000);
  }
  ha-button[variant="danger"],
  button.stop {
    --ca-on: var(--ha-color-on-danger-normal, #b30532);
  }
  ha-button svg {
    width: 20px;
    height: 20px;
    display: block;
  }
  button {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
    padding: 8px 16px;
    border-radius: var(--ha-border-radius-pill, 22px);
    background: var(--ha-color-fill-primary-normal-resting, #dff3fc);
    color: var(--ca-on);
    cursor: pointer;
    line-height: 1.2;
    transition: background-color var(--ha-animation-duration-fast, 0.15s) ease-out;
  }
  button svg.icon {
    width: 20px;
    height: 20px;
  }
  button.main {
    background: var(--ca-loud);
    color: var(--ha-color-on-primary-loud, #fff);
  }
  button.stop {
    background: var(--ha-color-fill-danger-normal-resting, #ffdedc);
  }
  button:is(.text, .only-icon) {
    background: transparent;
  }
  button.only-icon {
    width: 48px;
    height: 48px;
    padding: 0;
    color: inherit;
  }
  button.only-icon svg.icon {
    width: 24px;
    height: 24px;
  }
  @media (hover: hover) {
    button:hover:not(:disabled) {
      filter: brightness(0.96);
    }
  }
  ha-select,
  ha-date-input,
  ha-entity-picker {
    display: block;
    max-width: 400px;
  }
  ha-control-select {
    --control-select-thickness: 44px;
    --control-select-color: color-mix(in srgb, var(--primary-color, #009ac7) 75%, #000);
  }
  ha-switch,
  .toggle {
    display: flex;
    min-height: 44px;
    align-items: center;
  }
  ha-switch {
    align-items: stretch;
  }
  ha-switch::part(base) {
    flex-direction: row-reverse;
    justify-content: space-between;
    gap: 16px;
    min-height: 44px;
    margin: 0;
  }
  ha-switch::part(label) {
    margin: 0;
  }
  .toggle input {
    appearance: none;
    position: relative;
    flex: none;
    width: 48px;
    height: 24px;
    padding: 0;
    border: 1px solid var(--ha-color-border-neutral-normal, #989898);
    border-radius: 12px;
    background: var(--ha-color-fill-disabled-quiet-resting, #f3f3f3);
    cursor: pointer;
  }
  .toggle input::before {
    content: "";
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: 2px;
    width: 18px;
    height: 18px;
    border-radius: 50%;
    background: var(--ha-color-on-neutral-normal, #5e5e5e);
    transition: inset-inline-start var(--ha-animation-duration-fast, 0.15s);
  }
  .toggle input:checked {
    border-color: var(--primary-color, #009ac7);
    background: var(--ha-color-fill-primary-normal-resting, #dff3fc);
  }
  .toggle input:checked::before {
    inset-inline-start: 26px;
    background: var(--primary-color, #009ac7);
  }
  .segmented {
    display: flex;
    padding: 4px;
    border-radius: 10px;
    background: color-mix(in srgb, var(--disabled-color, #bdbdbd) 20%, transparent);
  }
  .segmented label {
    flex: 1;
    min-height: 36px;
    justify-content: center;
    border-radius: 6px;
    cursor: pointer;
    font-weight: var(--ha-font-weight-medium, 500);
  }
  .segmented label:has(:checked) {
    background: color-mix(in srgb, var(--primary-color, #009ac7) 75%, #000);
    color: #fff;
  }
  .segmented label:has(:focus-visible) {
    outline: 3px solid var(--primary-color, #009ac7);
    outline-offset: 2px;
  }
  /* A row of choices, one of which may be what is set. */
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block: 8px;
  }
  .chips button {
    border: 1px solid var(--outline-color, var(--ha-color-border-neutral-normal, #989898));
    border-radius: 8px;
    padding-inline: 12px;
    background: transparent;
    color: var(--primary-text-color, #141414);
  }
  .chips button[aria-pressed="true"] {
    border-color: transparent;
    background: var(--ha-color-fill-primary-normal-resting, #dff3fc);
    color: var(--ca-on);
  }
  .notice {
    margin-block: 8px;
  }
  .notice,
  .status {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 8px 12px;
    border-radius: 4px;
    background: color-mix(in srgb, var(--tint) 12%, transparent);
    --tint: var(--info-color, #039be5);
  }
  .status {
    display: block;
  }
  .notice svg {
    color: var(--tint);
  }
  :is(.notice.success, .status.good) {
    --tint: var(--success-color, #43a047);
  }
  .notice.warning {
    --tint: var(--warning-color, #ffa600);
  }
  :is(.notice.error, .status.bad) {
    --tint: var(--error-color, #db4437);
  }
  .status strong {
    font-size: 1.1rem;
    font-weight: 500;
  }
  ha-alert {
    display: block;
    margin-block: 8px;
  }
  /* Nothing there, or not yet. */
  .state {
    display: flex;
    flex-direction: column;
    gap: 8px;
    align-items: center;
    justify-content: center;
    padding: 16px;
    min-height: 88px;
    box-sizing: border-box;
    text-align: center;
    color: var(--secondary-text-color, #5e5e5e);
  }
  .spinner {
    width: 28px;
    height: 28px;
    box-sizing: border-box;
    border: 4px solid var(--divider-color, #e0e0e0);
    border-block-start-color: var(--primary-color, #009ac7);
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  dialog {
    width: min(560px, calc(100vw - 32px));
    box-sizing: border-box;
    padding: 24px;
    border: 0;
    border-radius: var(--ha-dialog-border-radius, 28px);
    background: var(--ha-dialog-surface-background, var(--card-background-color, #fff));
    color: inherit;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: flex-end;
    width: 100%;
  }
  dialog .actions {
    margin-block-start: 16px;
  }
  /* A group that folds up to one line with what is set in it. */
  section:has(> details) {
    padding: 0;
  }
  details > .inside {
    padding: 0 16px 16px;
  }
  section > details > summary {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: center;
    min-height: 44px;
    box-sizing: border-box;
    padding-block: 10px;
    padding-inline: 16px 44px;
    position: relative;
    list-style: none;
    cursor: pointer;
  }
  section > details > summary::-webkit-details-marker {
    display: none;
  }
  section > details > summary h2 {
    margin: 0;
  }
  section > details > summary .set {
    overflow-wrap: anywhere;
  }
  section > details > summary svg {
    position: absolute;
    inset-inline-end: 12px;
    inset-block-start: 13px;
  }
  section > details[open] > summary svg {
    transform: rotate(180deg);
  }
  svg.icon {
    flex: none;
    width: 24px;
    height: 24px;
    fill: currentColor;
  }
  a {
    color: inherit;
  }
  a.to {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
    margin-block-end: -12px;
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
    min-height: 44px;
  }
  label.field {
    display: inline-flex;
    flex-direction: column;
    align-items: start;
    gap: 4px;
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color, #5e5e5e);
  }
  label.field > * {
    font-size: var(--ha-font-size-l, 16px);
    color: var(--primary-text-color, #141414);
  }
  .quiet {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;function v(e){return e.residents.filter(e=>e.is_me)}var y=class extends r{static{this.styles=_}say(e,t){return this.words.say(`panel_${e}`,t)}tell(e){this.dispatchEvent(new CustomEvent(`ca-told`,{detail:e,bubbles:!0,composed:!0}))}async act(e,t){try{return await e(),t&&this.tell({text:t}),!0}catch(e){return this.tell({text:this.words.refusal(e)}),!1}}};d([p({attribute:!1})],y.prototype,`home`,void 0),d([p({attribute:!1})],y.prototype,`words`,void 0),d([p({attribute:!1})],y.prototype,`access`,void 0),d([p({attribute:!1})],y.prototype,`building`,void 0);var{I:ee}=e,b=e=>e,te=e=>e.strings===void 0,x=()=>document.createComment(``),S=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new ee(r.insertBefore(x(),i),r.insertBefore(x(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=b(e).nextSibling;b(r).insertBefore(e,i),e=t}}}return n},C=(e,t,n=e)=>(e._$AI(t,n),e),ne={},w=(e,t=ne)=>e._$AH=t,re=e=>e._$AH,T=e=>{e._$AR(),e._$AA.remove()},E=h(class extends g{constructor(){super(...arguments),this.key=n}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(w(e),this.key=t),n}}),D=(e,t,n)=>{let r=/* @__PURE__ */ new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},O=h(class extends g{constructor(e){if(super(e),e.type!==m.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=re(e),{values:o,keys:s}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=s,o;let c=this.ut??=[],l=[],u,d,f=0,p=i.length-1,m=0,h=o.length-1;for(;f<=p&&m<=h;)if(i[f]===null)f++;else if(i[p]===null)p--;else if(c[f]===s[m])l[m]=C(i[f],o[m]),f++,m++;else if(c[p]===s[h])l[h]=C(i[p],o[h]),p--,h--;else if(c[f]===s[h])l[h]=C(i[f],o[h]),S(e,l[h+1],i[f]),f++,h--;else if(c[p]===s[m])l[m]=C(i[p],o[m]),S(e,i[f],i[p]),p--,m++;else if(u===void 0&&(u=D(s,m,h),d=D(c,f,p)),u.has(c[f])){if(u.has(c[p])){let t=d.get(s[m]),n=t===void 0?null:i[t];if(n===null){let t=S(e,i[f]);C(t,o[m]),l[m]=t}else l[m]=C(n,o[m]),S(e,i[f],n),i[t]=null;m++}else T(i[p]),p--}else T(i[f]),f++;for(;m<=h;){let t=S(e,l[h+1]);C(t,o[m]),l[m++]=t}for(;f<=p;){let e=i[f++];e!==null&&T(e)}return this.ut=s,w(e,l),a}}),ie=864e5;function k(e,t){return new Date(Date.parse(`${e}T00:00:00Z`)+t*ie).toISOString().slice(0,10)}var A=e=>!e.windows?.length,j=e=>e.to??e.from;function M(e,t){return e.find(e=>e.from<=t&&t<=j(e))}function N(e,t){return e.flatMap(e=>t<e.from||j(e)<t?[e]:[...e.from<t?[{...e,to:k(t,-1)}]:[],...t<j(e)?[{...e,from:k(t,1),to:j(e)}]:[]])}function ae(e,t){let n=[...e];for(let e=t.from;e<=j(t);e=k(e,1))n=N(n,e);let r=[...n,{...t,to:j(t)}].sort((e,t)=>e.from<t.from?-1:1),i=[];for(let e of r){let t=i.at(-1);t&&A(t)&&A(e)&&k(j(t),1)===e.from?t.to=j(e):i.push({...e})}return i}function oe(e,t){return M(e,t)?N(e,t):ae(e,{from:t,to:t})}function se(e,t){let n=`${e}-01`,r=((/* @__PURE__ */ new Date(`${n}T00:00:00Z`)).getUTCDay()-t+7)%7,i=Array(r).fill(void 0);for(let t=n;t.startsWith(e);t=k(t,1))i.push(t);for(;i.length%7;)i.push(void 0);return Array.from({length:i.length/7},(e,t)=>i.slice(t*7,t*7+7))}function ce(e,t){let[n=0,r=1]=e.split(`-`).map(Number);return new Date(Date.UTC(n,r-1+t,1)).toISOString().slice(0,7)}var P={day:{from:`08:00`,to:`18:00`},evening:{from:`17:00`,to:`21:00`},all_day:{from:`00:00`,to:`00:00`}};function le(e,t){let n=o[((/* @__PURE__ */ new Date(`${t}T00:00:00Z`)).getUTCDay()+6)%7],r=M(e.exceptions,t),i=(r?r.windows:n&&e.windows[n])??[];if(!i.length)return;let a=i.map(e=>e.from).sort()[0]??``,s=i.map(e=>e.to).sort().at(-1)??``;return{from:a.slice(0,5),to:s.slice(0,5)===`24:00`?`00:00`:s.slice(0,5)}}function ue({from:e,to:t}){let n=c(t)-c(e);return(n>0?n:n+f)/60}function F(e,{from:t,to:n}){let r=t<n?e:k(e,1);return{starts_at:`${e}T${t}:00`,ends_at:`${r}T${n}:00`}}function de(e,t,n,r){let i=t&&le(t,e);return[...[...i?[[`mine`,i]]:[],[`day`,P.day],[`evening`,P.evening],[`all_day`,P.all_day]].filter(([,t])=>ue(t)<=n.longest_grant_hours&&F(e,t).ends_at>r),[`other`,void 0]]}function I({couriers:e,doors:t}){return e.filter(e=>e.enabled&&t.some(({door:t})=>e.doors.includes(t)))}function fe({pin:e,short_code:t,link:n},r){return[r.title,r.window,`${r.pin} ${e}`,`${r.code} ${t}`,...n?[n]:[]].join(`
`)}var pe=29,L=`other`,me=64,R=class extends y{constructor(...e){super(...e),this.unit=``,this.courier=``,this.choice=``,this.day=``,this.refusal=``,this.sending=!1,this.times={from:``,to:``},this.read=``}static{this.styles=[y.styles,i`
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
    `]}willUpdate(e){this.day||this.begin();let t=this.resident,n=`${this.building.building} ${t?.resident}`;t&&(n!==this.read||e.get(`building`))&&(this.read=n,this.access.rules(this.building.building,t.resident).then(e=>this.rules=e,()=>this.rules=void 0))}firstUpdated(){this.renderRoot.querySelector(`select`)?.focus()}begin(){let{delivery:e}=this;if(!e){this.choice=this.day=this.today;return}let[t,n]=[this.words.wall(e.starts_at),this.words.wall(e.ends_at)];this.unit=e.units?.[0]??``,this.courier=e.courier_id??``,this.day=t.day,this.choice=this.days.includes(t.day)?t.day:L,this.preset=`other`,this.times={from:t.time,to:n.time}}render(){let e=this.chosen;if(!e)return n;let t=de(this.day,this.rules,e,this.now),[r]=t.find(([e])=>e===this.preset)??t[0]??[`other`],i=this.doorsOf(e);return u`
      <form aria-busy=${this.sending} @submit=${e=>this.send(e,t,r)}>
        ${this.delivery?n:this.who(e)}
        ${i.length>1?this.select(this.words.say(`csv_door`),`door`,i.map(({door:e,name:t})=>[e,t]),this.delivery?.door_id??``):n}
        ${this.when()}
        ${this.select(this.words.say(`page_time`),`hours`,t.map(([e,t])=>[e,this.preset_name(e,t)]),r,e=>this.preset=e)}
        ${r===`other`?u`<div class="row">
              <label>${this.say(`from`)} <input type="time" name="from" .value=${this.times.from} required /></label>
              <label>${this.say(`to`)} <input type="time" name="to" .value=${this.times.to} required /></label>
            </div>`:n}
        <label
          >${this.words.say(`page_note`)}
          <input
            name="parcel"
            maxlength=${me}
            autocomplete="off"
            aria-describedby="note"
            value=${this.delivery?.parcel_ref??``}
        /></label>
        <p class="soft" id="note">${this.words.say(`page_note_says`)}</p>
        ${this.refusal?u`<p class="status bad" role="alert">${this.refusal}</p>`:n}
        <div class="row">
          <button class="main" ?disabled=${this.sending}>${this.say(`save`)}</button>
          <button type="button" @click=${()=>this.close()}>${this.say(`cancel`)}</button>
        </div>
      </form>
    `}who(e){let t=v(this.building).map(({unit:e})=>e);return u`
      ${t.length>1?this.select(this.say(`which_unit`),`unit`,t.map(e=>[e,e]),this.resident?.unit??``,e=>this.unit=e):n}
      ${this.select(this.words.say(`csv_courier`),`courier`,I(this.building).map(({courier:e,name:t})=>[e,t]),e.courier,e=>this.courier=e)}
    `}when(){let e=new Intl.RelativeTimeFormat(this.words.language,{numeric:`auto`}),t=e=>this.words.date(e,{weekday:`short`,day:`numeric`,month:`short`});return u`
      ${this.select(this.words.say(`page_day`),`day`,[...this.days.map((n,r)=>[n,`${e.format(r,`day`)} (${t(n)})`]),[L,this.say(`other_day`)]],this.choice,e=>{this.choice=e,e!==L&&(this.day=e)})}
      ${this.choice===L?u`<label
            ><span class="quiet">${this.say(`other_day`)}</span>
            <input
              type="date"
              name="date"
              min=${this.today}
              max=${k(this.today,pe)}
              .value=${this.day}
              required
              @change=${e=>this.day=e.target.value||this.day}
          /></label>`:n}
    `}select(e,t,n,r,i){return u`<label
      >${e}
      <select name=${t} @change=${e=>i?.(e.target.value)}>
        ${n.map(([e,t])=>u`<option value=${e} .selected=${e===r}>${t}</option>`)}
      </select></label
    >`}preset_name(e,t){if(e===`other`||!t)return this.words.say(`page_other_times`);if(e===`all_day`)return this.words.say(`page_all_day`);let n=this.words.say(`page_hours`,{start:t.from,end:t.to===`00:00`?`24:00`:t.to});return e===`mine`?`${this.words.say(`page_my_hours`)} (${n})`:n}get resident(){let e=v(this.building).filter(e=>!e.waits_for_confirmation);return e.find(({unit:e})=>e===this.unit)??e[0]}get chosen(){let e=I(this.building);return e.find(({courier:e})=>e===this.courier)??e[0]}doorsOf(e){return this.building.doors.filter(({door:t})=>e.doors.includes(t))}get now(){let{day:e,time:t}=this.words.wall((/* @__PURE__ */ new Date()).toISOString());return`${e}T${t}:00`}get today(){return this.now.slice(0,10)}get days(){return[this.today,k(this.today,1)]}async send(e,t,n){e.preventDefault();let r=new FormData(e.target),i=e=>String(r.get(e)??``),a=this.chosen;if(!a||this.sending)return;this.times=n===`other`?{from:i(`from`),to:i(`to`)}:this.times;let o=t.find(([e])=>e===n)?.[1]??this.times,s=i(`door`)||this.doorsOf(a)[0]?.door||``,c={...F(this.day,o),door:s,parcel_ref:i(`parcel`)},{building:l}=this.building,{delivery:u}=this;this.sending=!0,this.refusal=``;try{let{decision:e,reason:t}=u?.grant_id?await this.access.revise(l,a.courier,u.grant_id,c):await this.access.issue(l,a.courier,this.resident?.unit??``,c);if(e===`accepted`)this.tell({text:this.words.say(u?`page_said_revise`:`page_said_expect`)}),this.close();else{let e=this.words.say(`notification_reason_${t}`);this.refusal=`${this.words.say(`page_expect_refused`)} ${e}`}}catch(e){this.refusal=this.words.refusal(e)}this.sending=!1}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};d([p({attribute:!1})],R.prototype,`delivery`,void 0),d([t()],R.prototype,`unit`,void 0),d([t()],R.prototype,`courier`,void 0),d([t()],R.prototype,`choice`,void 0),d([t()],R.prototype,`day`,void 0),d([t()],R.prototype,`preset`,void 0),d([t()],R.prototype,`rules`,void 0),d([t()],R.prototype,`refusal`,void 0),d([t()],R.prototype,`sending`,void 0),R=d([s(`courier-access-expect`)],R);var z=3,B=20,V=class extends y{constructor(...e){super(...e),this.orders=[],this.draft={}}willUpdate(e){this.resident&&this.read!==this.building.building&&(this.read=this.building.building,this.sources=void 0,this.load())}render(){let{resident:e,sources:t}=this;if(!e)return n;let r=this.orders.filter(e=>e.resident!==void 0);return u`
      <section>
        <h2>${this.say(`orders`)}</h2>
        <p class="soft">${this.say(`orders_says`)}</p>
        ${r.length===0?u`<p>${this.say(`orders_none`)}</p>`:u`<ul>
              ${r.map(e=>this.row(e))}
            </ul>`}
        ${t?this.form(e,t):u`<button @click=${()=>this.open(e)}>${this.say(`orders_give`)}</button>`}
      </section>
    `}get resident(){return v(this.building)[0]}async load(){await this.act(async()=>this.orders=await this.access.orders(this.building.building))}row(e){let t=[e.courier??`–`,e.door].filter(Boolean).join(`, `);return u`
      <li data-order=${e.order}>
        <p><strong>${t}</strong></p>
        <p>${e.source??this.say(`orders_gone`)}</p>
        <p class="soft">
          ${this.say(`orders_most`,{count:e.most_per_day??0})}${e.is_paused?u` · ${this.say(`orders_paused`)}`:n}
        </p>
        <div class="row">
          <button @click=${()=>this.pause(e)}>
            ${e.is_paused?this.say(`orders_resume`):this.say(`orders_pause`)}
          </button>
          <button class="stop" @click=${()=>this.withdraw(e)}>${this.say(`orders_withdraw`)}</button>
        </div>
      </li>
    `}form(e,t){let{draft:r}=this,i=r.device!==void 0||r.sensor!==void 0;return u`
      <p>
        <label
          >${this.say(`orders_source`)}
          <select name="source" @change=${e=>this.choose(e)}>
            <option value="">–</option>
            <optgroup label=${this.say(`orders_accounts`)}>
              ${t.devices.map(({device:e,name:t})=>u`<option value="device ${e}">${t}</option>`)}
            </optgroup>
            <optgroup label=${this.say(`orders_sensors`)}>
              ${t.sensors.map(({sensor:e,name:t})=>u`<option value="sensor ${e}">${t}</option>`)}
            </optgroup>
          </select>
        </label>
      </p>
      <p>
        <label
          >${this.say(`orders_courier`)}
          <select name="courier" @change=${e=>this.put(`courier`,H(e))}>
            <option value="">–</option>
            ${this.building.couriers.filter(({enabled:e})=>e).map(({courier:e,name:t})=>u`<option value=${e}>${t}</option>`)}
          </select>
        </label>
      </p>
      ${this.building.doors.length>1?u`<p>
            <label
              >${this.say(`orders_door`)}
              <select name="door" @change=${e=>this.put(`door`,H(e))}>
                <option value="">–</option>
                ${this.building.doors.map(({door:e,name:t})=>u`<option value=${e}>${t}</option>`)}
              </select>
            </label>
          </p>`:n}
      <p>
        <label
          >${this.say(`orders_count`)}
          <input
            type="number"
            min="1"
            max=${B}
            .value=${String(r.most_per_day??z)}
            @change=${e=>this.count(e)}
        /></label>
      </p>
      <div class="row">
        <button class="main" ?disabled=${!i||!r.courier} @click=${()=>this.give(e)}>
          ${this.say(`orders_give`)}
        </button>
        <button @click=${()=>this.sources=void 0}>${this.say(`cancel`)}</button>
      </div>
    `}async open(e){this.draft={},await this.act(async()=>this.sources=await this.access.orderSources(this.building.building,e.resident))}choose(e){let{device:t,sensor:n,...r}=this.draft,[i,a]=H(e).split(` `);this.draft={...r,...i===`device`||i===`sensor`?{[i]:a}:{}}}put(e,t){let{[e]:n,...r}=this.draft;this.draft=t?{...r,[e]:t}:r}count(e){let t=Math.round(Number(H(e)))||z;this.draft={...this.draft,most_per_day:Math.min(B,Math.max(1,t))}}async give(e){await this.act(()=>this.access.setOrder(this.building.building,e.resident,this.draft),this.say(`orders_given`))&&(this.sources=void 0),await this.load()}async pause({order:e,is_paused:t,resident:n}){n!==void 0&&(await this.act(()=>this.access.setOrder(this.building.building,n,{order:e,paused:!t})),await this.load())}async withdraw({order:e}){await this.act(()=>this.access.withdrawOrder(this.building.building,e),this.say(`orders_withdrawn`)),await this.load()}};d([t()],V.prototype,`orders`,void 0),d([t()],V.prototype,`sources`,void 0),d([t()],V.prototype,`draft`,void 0),V=d([s(`courier-access-orders`)],V);function H(e){return e.target.value}var U=class extends y{static{this.styles=[y.styles,i`
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
    `]}render(){let{pin:e,short_code:t,link:r,qr:i,starts_at:a,ends_at:o}=this.made;return u`
      <div class="status good" role="status">
        <h3>${this.words.say(`page_pass`)}</h3>
        <p>${this.words.say(`page_pass_pin`)} <span class="code" data-pin>${e}</span></p>
        <p>${this.words.say(`page_pass_code`)} <span class="code short">${t}</span></p>
        ${r?u`<p class="link">${this.words.say(`page_pass_link`)} <a href=${r}>${r}</a></p>`:n}
        ${i?u`<svg
              viewBox="0 0 ${i.side} ${i.side}"
              role="img"
              aria-label=${this.words.say(`page_pass_qr`)}
              shape-rendering="crispEdges"
            >
              ${l`<path d=${i.path} />`}
            </svg>`:n}
        <p>${this.words.span(a,o)}</p>
        <p>${this.words.say(`page_pass_says`)}</p>
        <p class="soft">${this.words.say(`page_said_make_pass`)}</p>
        <div class="row">
          <button class="main" @click=${()=>this.share()}>${this.say(`share`)}</button>
          <button class="stop" @click=${()=>this.revoke()}>${this.say(`revoke`)}</button>
          <button @click=${()=>this.close()}>${this.say(`close`)}</button>
        </div>
      </div>
    `}async share(){let{words:e,delivery:t,made:n}=this,r=fe(n,{title:e.say(`page_at`,{courier:t.courier,door:t.door}),window:e.span(n.starts_at,n.ends_at),pin:e.say(`page_pass_pin`),code:e.say(`page_pass_code`)});try{if(typeof navigator.share==`function`)return await navigator.share({text:r});await he(r),this.tell({text:this.say(`copied`)})}catch(t){t.name!==`AbortError`&&this.tell({text:e.refusal(t)})}}async revoke(){await this.act(()=>this.access.revokePass(this.building.building,this.made.pass),this.words.say(`page_said_revoke_pass`))&&this.close()}close(){this.dispatchEvent(new CustomEvent(`ca-close`))}};d([p({attribute:!1})],U.prototype,`delivery`,void 0),d([p({attribute:!1})],U.prototype,`made`,void 0),U=d([s(`courier-access-pass`)],U);async function he(e){if(navigator.clipboard)return navigator.clipboard.writeText(e);let t=document.body.appendChild(document.createElement(`textarea`));t.value=e,t.select();let n=document.execCommand(`copy`);if(t.remove(),!n)throw Error(e)}var W=class extends y{constructor(...e){super(...e),this.asks=!1}render(){return this.delivery.is_mine?u`<button class="stop" @click=${()=>this.cancel()}>${this.words.say(`page_cancel`)}</button>`:this.asks?u`
      <p role="alert">${this.say(`veto_sure`)}</p>
      <div class="row">
        <button class="stop" @click=${()=>this.forbid()}>${this.say(`veto_yes`)}</button>
        <button @click=${()=>this.asks=!1}>${this.say(`cancel`)}</button>
      </div>
    `:u`<button class="stop" @click=${()=>this.asks=!0}>${this.words.say(`page_veto`)}</button>`}async cancel(){let{courier_id:e,grant_id:t}=this.delivery;e!==void 0&&t!==void 0&&await this.act(()=>this.access.revoke(this.building.building,e,t),this.words.say(`page_said_cancel`))}async forbid(){let{courier_id:e,grant_id:t,units:n}=this.delivery;if(this.asks=!1,e!==void 0&&t!==void 0){for(let r of n??[])if(!await this.act(()=>this.access.veto(this.building.building,e,t,r),this.words.say(`page_said_veto`)))return}}};d([p({attribute:!1})],W.prototype,`delivery`,void 0),d([t()],W.prototype,`asks`,void 0),W=d([s(`courier-access-veto`)],W);var G=`new`,K=class extends y{disconnectedCallback(){super.disconnectedCallback(),this.made=this.edited=void 0}render(){let e=this.building.expected;return u`
      <section>
        <h2>${this.words.say(`page_expected`)}</h2>
        <p class="soft">${this.say(`expected_says`)}</p>
        ${e.length===0?u`<p>${this.say(`expected_none`)}</p>`:u`<ul>
              ${O(e,q,e=>this.delivery(e))}
            </ul>`}
        ${this.announce()}
      </section>
      <courier-access-orders
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-orders>
    `}delivery(e){return u`
      <li>
        <p>
          <strong>${this.words.say(`page_at`,{courier:e.courier,door:e.door})}</strong>
        </p>
        <p>${this.words.span(e.starts_at,e.ends_at)}</p>
        ${e.units?u`<p>${e.units.map(e=>this.words.say(`notification_unit`,{unit:e})).join(` `)}</p>`:u`<p class="soft">${this.say(`expected_others`)}</p>`}
        ${e.parcel_ref?u`<p>${this.words.say(`notification_parcel`,{parcel:e.parcel_ref})}</p>`:n}
        ${e.entries_left===void 0?n:u`<p class="soft">${this.say(`entries_left`,{count:e.entries_left})}</p>`}
        ${e.units?this.own(e):n}
      </li>
    `}announce(){if(!v(this.building).filter(e=>!e.waits_for_confirmation).length||!I(this.building).length)return n;let{edited:e}=this;if(!e)return u`<p>
        <button class="main" data-expect @click=${()=>this.edited=G}>${this.words.say(`page_expect`)}</button>
      </p>`;let t=e===G?void 0:e,r=t&&this.words.say(`page_at`,{courier:t.courier,door:t.door});return u`
      <h3>${r?`${this.words.say(`page_change`)}: ${r}`:this.words.say(`page_expect`)}</h3>
      <p class="soft">${this.words.say(`page_expect_says`)}</p>
      ${E(t?q(t):G,u`<courier-access-expect
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${t}
          @ca-close=${()=>this.edited=void 0}
        ></courier-access-expect>`)}
    `}own(e){let t=q(e),{made:r}=this;return r?.key===t?u`<courier-access-pass
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${e}
        .made=${r.pass}
        @ca-close=${()=>this.made=void 0}
      ></courier-access-pass>`:u`
      <div class="row">
        <button @click=${()=>this.pass(e)}>${this.words.say(`page_pass`)}</button>
        ${e.is_mine?u`<button @click=${()=>this.edited=e}>${this.words.say(`page_change`)}</button>`:n}
        <courier-access-veto
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${e}
        ></courier-access-veto>
      </div>
      ${e.passes?.map(({pass:e,made_at:t})=>u`<p>
            <button class="stop" data-pass=${e} @click=${()=>this.revoke(e)}>
              ${this.words.say(`page_revoke_pass`,{time:this.words.moment(t)})}
            </button>
          </p>`)}
    `}async pass(e){let{courier_id:t,grant_id:n}=e;t!==void 0&&n!==void 0&&await this.act(async()=>{let r=await this.access.makePass(this.building.building,t,n);this.isConnected&&(this.made={key:q(e),pass:r})})}revoke(e){return this.act(()=>this.access.revokePass(this.building.building,e),this.words.say(`page_said_revoke_pass`))}};d([t()],K.prototype,`edited`,void 0),d([t()],K.prototype,`made`,void 0),K=d([s(`courier-access-deliveries`)],K);function q({courier_id:e,grant_id:t,courier:n,starts_at:r},i){return t===void 0?`${n} ${r} ${i}`:`${e} ${t}`}function ge(e,t){let n=t.at(-1)?.record??0,r=e.map(e=>e.every(({record:e})=>e<n)?e:e.filter(({record:e})=>e<n)).filter(e=>e.length>0);return t.length>0?[t,...r]:[]}function _e(e,t,n){let r=n.filter(({record:e})=>e<t);return r.length>0?[...e,r]:[...e]}function ve(e){let t=/* @__PURE__ */ new Map;for(let n of e)n.decision!==`refused`&&!t.has(n.door)&&t.set(n.door,n);return t}function ye(e){return e.decision===`refused`?e.door?`refused`:`refused_nowhere`:e.decision===`observed`?`observed`:e.outcome===null?`admitted`:`admitted_${e.outcome}`}var be={menu:`M3,6H21V8H3V6M3,11H21V13H3V11M3,16H21V18H3V16Z`,locked:`M12,17A2,2 0 0,0 14,15C14,13.89 13.1,13 12,13A2,2 0 0,0 10,15A2,2 0 0,0 12,17M18,8A2,2 0 0,1 20,10V20A2,2 0 0,1 18,22H6A2,2 0 0,1 4,20V10C4,8.89 4.9,8 6,8H7V6A5,5 0 0,1 12,1A5,5 0 0,1 17,6V8H18M12,3A3,3 0 0,0 9,6V8H15V6A3,3 0 0,0 12,3Z`,unlocked:`M18 1C15.24 1 13 3.24 13 6V8H4C2.9 8 2 8.89 2 10V20C2 21.11 2.9 22 4 22H16C17.11 22 18 21.11 18 20V10C18 8.9 17.11 8 16 8H15V6C15 4.34 16.34 3 18 3C19.66 3 21 4.34 21 6V8H23V6C23 3.24 20.76 1 18 1M10 13C11.1 13 12 13.89 12 15C12 16.11 11.11 17 10 17C8.9 17 8 16.11 8 15C8 13.9 8.9 13 10 13Z`,alert:`M13,14H11V10H13M13,18H11V16H13M1,21H23L12,2L1,21Z`,check:`M21,7L9,19L3.5,13.5L4.91,12.09L9,16.17L19.59,5.59L21,7Z`,add:`M19,13H13V19H11V13H5V11H11V5H13V11H19V13Z`,remove:`M19,6.41L17.59,5L12,10.59L6.41,5L5,6.41L10.59,12L5,17.59L6.41,19L12,13.41L17.59,19L19,17.59L13.41,12L19,6.41Z`,before:`M15.41,16.58L10.83,12L15.41,7.41L14,6L8,12L14,18L15.41,16.58Z`,after:`M8.59,16.58L13.17,12L8.59,7.41L10,6L16,12L10,18L8.59,16.58Z`,open:`M7.41,8.58L12,13.17L16.59,8.58L18,10L12,16L6,10L7.41,8.58Z`};function xe(e){return be[e]}function J(e){return u`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${be[e]} /></svg>`}var Y=class extends r{constructor(...e){super(...e),this.consent=`not_given`,this.agreed=!1}static{this.styles=[_]}render(){let e=this.consent===`given`;return u`
      ${e?n:u`<p class="status">${this.words.say(`page_consent_${this.consent}`)}</p>`}
      <p>${this.words.say(`page_consent_means`)}</p>
      ${e?u`<button class="stop" @click=${()=>this.decide(!1)}>
            ${this.words.say(`page_withdraw_consent`)}
          </button>`:u`<p>
              <label
                ><input
                  type="checkbox"
                  .checked=${this.agreed}
                  @change=${e=>this.agreed=e.target.checked}
                />${this.words.say(`page_agree`)}</label
              >
            </p>
            <button class="main" ?disabled=${!this.agreed} @click=${()=>this.decide(!0)}>
              ${this.words.say(`page_give_consent`)}
            </button>`}
    `}decide(e){this.agreed=!1,this.dispatchEvent(new CustomEvent(`ca-consent`,{detail:e,bubbles:!0,composed:!0}))}};d([p({attribute:!1})],Y.prototype,`words`,void 0),d([p()],Y.prototype,`consent`,void 0),d([t()],Y.prototype,`agreed`,void 0),Y=d([s(`courier-access-consent`)],Y);var Se=6e4,X=60*Se,Ce=24*X;function we(e,t){return e.filter(({units:e,ends_at:n})=>e!==void 0&&Date.parse(n)>t).sort((e,t)=>Date.parse(e.starts_at)-Date.parse(t.starts_at))[0]}function Te(e){return e<X?[Math.max(1,Math.ceil(e/Se)),`minute`]:e<Ce?[Math.round(e/X),`hour`]:[Math.round(e/Ce),`day`]}function Ee({starts_at:e},t,n){let r=Date.parse(e)-t;if(!(r<=0))return new Intl.RelativeTimeFormat(n).format(...Te(r))}function De({ends_at:e},t,n){let[r,i]=Te(Date.parse(e)-t);return new Intl.NumberFormat(n,{style:`unit`,unit:i,unitDisplay:`long`}).format(r)}var Oe=20,ke=class extends y{static{this.styles=[y.styles,i`
      .count {
        font-size: 1.5rem;
        line-height: 1.3;
      }
    `]}connectedCallback(){super.connectedCallback(),this.counting=setInterval(()=>this.requestUpdate(),Oe*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.counting)}render(){let e=Date.now(),t=we(this.building.expected,e),r=`/courier-access/deliveries?building=${this.building.building}`;if(!t)return u`<section>
        <h2>${this.say(`next`)}</h2>
        <p>${this.words.say(`page_expected_none`)}</p>
        <p><a class="to" href=${r}>${this.say(`next_all`)}</a></p>
      </section>`;let{language:i}=this.words;return u`
      <section data-next=${t.grant_id??``}>
        <h2>${this.say(`next`)}</h2>
        <p><strong>${this.words.say(`page_at`,{courier:t.courier,door:t.door})}</strong></p>
        <p class="count">
          ${Ee(t,e,i)??this.say(`next_left`,{left:De(t,e,i)})}
        </p>
        <p class="soft">
          ${this.words.span(t.starts_at,t.ends_at)}
          ${t.parcel_ref?u`<br />${this.words.say(`notification_parcel`,{parcel:t.parcel_ref})}`:n}
        </p>
        ${E(`${t.courier_id} ${t.grant_id}`,u`<courier-access-veto
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
            .delivery=${t}
          ></courier-access-veto>`)}
        <p><a class="to" href=${r}>${this.say(`next_all`)}</a></p>
      </section>
    `}};ke=d([s(`courier-access-next`)],ke);var Ae=365,je=36e5,Z=class extends y{constructor(...e){super(...e),this.until=null,this.asks=`nothing`,this.date=``}static{this.styles=[y.styles,i`
      :host {
        margin-block-start: 12px;
      }
      form {
        margin-block-end: 8px;
      }
    `]}updated(e){e.get(`asks`)===`nothing`&&this.renderRoot.querySelector(`.chips button`)?.focus()}get what(){return this.unit===void 0?`building`:`unit`}render(){let{what:e,until:t}=this;if(t)return u`
        <p class="status">${this.words.say(`page_${e}_paused`,{until:this.words.moment(t)})}</p>
        <button class="main" @click=${()=>this.resume()}>${this.words.say(`page_resume_${e}`)}</button>
      `;if(this.asks===`nothing`)return u`<button @click=${()=>this.asks=`length`}>${this.words.say(`page_pause_${e}`)}</button>`;let r=e===`unit`?this.say(`pause_unit_asks`):this.say(`pause_building_asks`);return u`
      <div role="group" aria-label=${r}>
        <p>${r}</p>
        <div class="chips">
          <button @click=${()=>this.pauseHour()}>${this.say(`pause_hour`)}</button>
          <button @click=${()=>this.pauseUntil(k(this.today,1))}>${this.say(`pause_tonight`)}</button>
          <button @click=${()=>this.pauseDay()}>${this.say(`pause_day`)}</button>
          <button aria-expanded=${this.asks===`date`} @click=${()=>this.asks=`date`}>
            ${this.say(`pause_date`)}
          </button>
        </div>
        ${this.asks===`date`?this.dateForm():n}
        <button @click=${()=>this.asks=`nothing`}>${this.say(`cancel`)}</button>
      </div>
    `}dateForm(){let e=k(this.today,1);return this.date||=e,u`
      <form
        class="row"
        @submit=${e=>{e.preventDefault(),this.pauseUntil(this.date)}}
      >
        <label
          >${this.say(`pause_until`)}
          <input
            type="date"
            min=${e}
            max=${k(this.today,Ae)}
            .value=${this.date}
            required
            @change=${e=>this.date=e.target.value}
        /></label>
        <button class="main">${this.say(`pause`)}</button>
      </form>
    `}get today(){return this.words.wall((/* @__PURE__ */ new Date()).toISOString()).day}pauseHour(){let e=new Date(Date.now()+je).toISOString();return this.pause(e,this.words.moment(e))}pauseDay(){return this.pause(void 0,this.words.moment(new Date(Date.now()+24*je).toISOString()))}pauseUntil(e){let t=this.words.date(e,{weekday:`short`,day:`numeric`,month:`short`});return this.pause(`${e}T00:00:00`,`${t}, ${this.words.clock(0)}`)}async pause(e,t){this.asks=`nothing`,this.date=``;let{building:n}=this.building;await this.act(()=>this.access.pause(n,this.unit,e))&&this.tell({text:this.say(`paused_until`,{time:t}),undo:()=>void this.resume()})}async resume(){let{building:e}=this.building;await this.act(()=>this.access.resume(e,this.unit),this.words.say(`page_said_resume_${this.what}`))}};d([p()],Z.prototype,`unit`,void 0),d([p()],Z.prototype,`until`,void 0),d([t()],Z.prototype,`asks`,void 0),Z=d([s(`courier-access-pause`)],Z);var Me=50,Q={locked:`locked`,locking:`locked`,unlocked:`unlocked`,unlocking:`unlocked`,open:`unlocked`,opening:`unlocked`,jammed:`alert`},$=class extends y{constructor(...e){super(...e),this.flat=!1,this.pauses=!0,this.news=0,this.visits=/* @__PURE__ */ new Map}static{this.styles=[y.styles,i`
      .door {
        display: flex;
        gap: 16px;
        align-items: center;
      }
      .door h2 {
        margin: 0;
      }
      .door svg {
        width: 32px;
        height: 32px;
        color: var(--secondary-text-color, #5e5e5e);
      }
      .door.locked svg {
        color: var(--success-color, #43a047);
      }
      .door.alert svg {
        color: var(--error-color, #db4437);
      }
    `]}willUpdate(e){let t=e.get(`building`);if(t!==void 0&&t.building!==this.building.building)this.visits=/* @__PURE__ */ new Map;else if(!e.has(`news`)&&this.hasUpdated)return;this.look()}async look(){let{building:e}=this.building;try{let{entries:t}=await this.access.entries(e,{limit:Me});e===this.building.building&&(this.visits=ve(t))}catch{}}render(){let e=v(this.building);return u`
      ${this.building.questions.map(e=>this.question(e))}
      ${e.map(e=>this.consent(e))}
      ${this.building.pending_residents.map(e=>this.newcomer(e))}
      ${this.flat||e.length===0?n:u`<courier-access-next
            .words=${this.words} .access=${this.access} .building=${this.building}
          ></courier-access-next>`}
      ${this.building.doors.map(e=>this.door(e))} ${e.map(e=>this.unit(e))}
      ${this.pauses||this.building.paused_until?u`<section>
            <h2>${this.say(`whole`)}</h2>
            ${this.pause(void 0,this.building.paused_until)}
          </section>`:n}
    `}question({question:e,courier:t,door:r,proof:i,may_admit:a}){let{building:o}=this.building,s=this.words.say(i===`ring`?`notification_ask_ring`:`notification_ask`,{courier:t,door:r}),c=(t,n)=>this.act(()=>this.access.answer(o,e,t),n);return u`
      <section data-decide="question" role="alert">
        <h2>${s}</h2>
        <div class="row">
          ${a?u`<button class="main" @click=${()=>c(!0,this.say(`question_yes`))}>
                ${this.words.say(`notification_action_approve`)}
              </button>`:n}
          <button class="stop" @click=${()=>c(!1,this.say(`question_no`))}>
            ${this.words.say(`notification_action_decline`)}
          </button>
        </div>
      </section>
    `}consent(e){if(e.consent!==`not_given`)return n;let t=v(this.building).length;return u`
      <section data-decide="consent">
        <h2>${t>1?this.say(`unit`,{unit:e.unit}):this.words.say(`page_consent`)}</h2>
        <courier-access-consent
          .words=${this.words}
          consent=${e.consent}
          @ca-consent=${()=>this.agree(e)}
        ></courier-access-consent>
      </section>
    `}async agree({resident:e}){let{building:t}=this.building;await this.act(async()=>{let{revision:n}=await this.access.rules(t,e);await this.access.setRules(t,e,n,{consent:!0})},this.words.say(`page_said_give_consent`))}newcomer({name:e,unit:t,resident:n}){let{building:r}=this.building;return u`
      <section data-decide="newcomer">
        <h2>${this.say(`newcomer`,{name:e,unit:t})}</h2>
        <p>${this.say(`newcomer_says`)}</p>
        <button
          class="main"
          @click=${()=>this.act(()=>this.access.confirm(r,n),this.say(`newcomer_done`,{name:e}))}
        >
          ${this.say(`newcomer_confirm`)}
        </button>
      </section>
    `}door(e){let t=e.lock===null?void 0:this.home.states[e.lock]?.state,r=Q[t??``]??`alert`,i=this.visits.get(e.name);return u`
      <section>
        <div class="door ${r}" data-door=${e.door} data-state=${t??`unavailable`}>
          ${J(r)}
          <div class="grow">
            <h2>${e.name}</h2>
            <p><strong>${this.say(`door_${t!==void 0&&t in Q?t:`unavailable`}`)}</strong></p>
            ${i?u`<p class="soft">
                  ${this.say(`last_visit`,{courier:i.courier,time:this.words.moment(i.at)})}
                </p>`:n}
          </div>
        </div>
        ${e.codes_off?this.codes(e):n}
      </section>
    `}codes({door:e}){let t=()=>this.access.turnCodesOn(this.building.building,e);return u`
      <p>${this.say(`codes_off`)}</p>
      <button @click=${()=>this.act(t,this.say(`codes_on`))}>${this.say(`turn_codes_on`)}</button>
    `}unit(e){let{shut:t,next_change:r}=e;return u`
      <section>
        <h2>${this.say(`unit`,{unit:e.unit})}</h2>
        <div class="status ${t===null?`good`:``}" data-shut=${t??``}>
          <strong>${this.words.say(t===null?`page_open`:`page_shut`)}</strong>
          <p>${this.words.say(t===null?`page_open_says`:`page_shut_${t}`)}</p>
          ${t===`no_hours`?u`<p>
                <a class="to" href="/courier-access/hours?building=${this.building.building}">${this.say(`set_hours`)}</a>
              </p>`:n}
          ${r?u`<p class="soft">${this.say(`next_change`,{time:this.words.moment(r)})}</p>`:n}
        </div>
        ${e.waits_for_confirmation?n:this.pause(e.unit,e.unit_paused_until)}
      </section>
    `}pause(e,t){return!this.pauses&&t===null?n:u`
      <courier-access-pause
        .words=${this.words} .access=${this.access} .building=${this.building} .unit=${e} .until=${t}
      ></courier-access-pause>
    `}};d([p({type:Boolean})],$.prototype,`flat`,void 0),d([p({type:Boolean})],$.prototype,`pauses`,void 0),d([p({type:Number})],$.prototype,`news`,void 0),d([t()],$.prototype,`visits`,void 0),$=d([s(`courier-access-now`)],$);export{_,ge as a,m as b,ce as c,ae as d,O as f,v as g,y as h,ye as i,oe as l,te as m,xe as n,M as o,w as p,_e as r,A as s,J as t,se as u,h as v,g as y};