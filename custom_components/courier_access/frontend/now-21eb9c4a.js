import{A as e,C as t,D as n,E as r,I as i,M as a,N as o,O as s,P as c,a as l,i as u,j as d,k as f,l as p,m,o as h,p as ee,r as g,s as te}from"./following-e2b6018e.js";var _={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},v=e=>(...t)=>({_$litDirective$:e,values:t}),y=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:ne}=c,re=e=>e,ie=e=>e.strings===void 0,ae=()=>document.createComment(``),b=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new ne(r.insertBefore(ae(),i),r.insertBefore(ae(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=re(e).nextSibling;re(r).insertBefore(e,i),e=t}}}return n},x=(e,t,n=e)=>(e._$AI(t,n),e),oe={},S=(e,t=oe)=>e._$AH=t,se=e=>e._$AH,C=e=>{e._$AR(),e._$AA.remove()},w=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),w(e,t);return!0},T=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},ce=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=/* @__PURE__ */ new Set;else if(n.has(e))break;n.add(e),de(t)}};function le(e){this._$AN===void 0?this._$AM=e:(T(this),this._$AM=e,ce(this))}function ue(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)w(r[e],!1),T(r[e]);else r!=null&&(w(r,!1),T(r))}else w(this,e)}}var de=e=>{e.type==_.CHILD&&(e._$AP??=ue,e._$AQ??=le)},E=class extends y{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),ce(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(w(this,e),T(this))}setValue(e){if(ie(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},D=v(class extends y{constructor(e){if(super(e),e.type!==_.PROPERTY&&e.type!==_.ATTRIBUTE&&e.type!==_.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!ie(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===a||t===d)return t;let n=e.element,r=e.name;if(e.type===_.PROPERTY){if(t===n[r])return a}else if(e.type===_.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return a}else if(e.type===_.ATTRIBUTE&&n.getAttribute(r)===t+``)return a;return S(e),t}}),fe={menu:`M3,6H21V8H3V6M3,11H21V13H3V11M3,16H21V18H3V16Z`,locked:`M12,17A2,2 0 0,0 14,15C14,13.89 13.1,13 12,13A2,2 0 0,0 10,15A2,2 0 0,0 12,17M18,8A2,2 0 0,1 20,10V20A2,2 0 0,1 18,22H6A2,2 0 0,1 4,20V10C4,8.89 4.9,8 6,8H7V6A5,5 0 0,1 12,1A5,5 0 0,1 17,6V8H18M12,3A3,3 0 0,0 9,6V8H15V6A3,3 0 0,0 12,3Z`,unlocked:`M18 1C15.24 1 13 3.24 13 6V8H4C2.9 8 2 8.89 2 10V20C2 21.11 2.9 22 4 22H16C17.11 22 18 21.11 18 20V10C18 8.9 17.11 8 16 8H15V6C15 4.34 16.34 3 18 3C19.66 3 21 4.34 21 6V8H23V6C23 3.24 20.76 1 18 1M10 13C11.1 13 12 13.89 12 15C12 16.11 11.11 17 10 17C8.9 17 8 16.11 8 15C8 13.9 8.9 13 10 13Z`,alert:`M13,14H11V10H13M13,18H11V16H13M1,21H23L12,2L1,21Z`,check:`M21,7L9,19L3.5,13.5L4.91,12.09L9,16.17L19.59,5.59L21,7Z`,add:`M19,13H13V19H11V13H5V11H11V5H13V11H19V13Z`,remove:`M19,6.41L17.59,5L12,10.59L6.41,5L5,6.41L10.59,12L5,17.59L6.41,19L12,13.41L17.59,19L19,17.59L13.41,12L19,6.41Z`,before:`M15.41,16.58L10.83,12L15.41,7.41L14,6L8,12L14,18L15.41,16.58Z`,after:`M8.59,16.58L13.17,12L8.59,7.41L10,6L16,12L10,18L8.59,16.58Z`,good:`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.41 10.59L10 14.17L17.59 6.58L19 8L10 17Z`,plain:`M12,20A8,8 0 0,1 4,12A8,8 0 0,1 12,4A8,8 0 0,1 20,12A8,8 0 0,1 12,20M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,parcel:`M21,16.5C21,16.88 20.79,17.21 20.47,17.38L12.57,21.82C12.41,21.94 12.21,22 12,22C11.79,22 11.59,21.94 11.43,21.82L3.53,17.38C3.21,17.21 3,16.88 3,16.5V7.5C3,7.12 3.21,6.79 3.53,6.62L11.43,2.18C11.59,2.06 11.79,2 12,2C12.21,2 12.41,2.06 12.57,2.18L20.47,6.62C20.79,6.79 21,7.12 21,7.5V16.5M12,4.15L6.04,7.5L12,10.85L17.96,7.5L12,4.15M5,15.91L11,19.29V12.58L5,9.21V15.91M19,15.91V9.21L13,12.58V19.29L19,15.91Z`,picture:`M8.5,13.5L11,16.5L14.5,12L19,18H5M21,19V5C21,3.89 20.1,3 19,3H5A2,2 0 0,0 3,5V19A2,2 0 0,0 5,21H19A2,2 0 0,0 21,19Z`,open:`M7.41,8.58L12,13.17L16.59,8.58L18,10L12,16L6,10L7.41,8.58Z`,unknown:`M10,19H13V22H10V19M12,2C17.35,2.22 19.68,7.62 16.5,11.67C15.67,12.67 14.33,13.33 13.67,14.17C13,15 13,16 13,17H10C10,15.33 10,13.92 10.67,12.92C11.33,11.92 12.67,11.33 13.5,10.67C15.92,8.43 15.32,5.26 12,5A3,3 0 0,0 9,8H6A6,6 0 0,1 12,2Z`};function pe(e){return fe[e]}function O(e){return o`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${fe[e]} /></svg>`}var k=v(class extends E{constructor(e){super(e),this.part=e}render(e,t,n){return this.own=t,customElements.get(e)&&!this.isInUse?(this.awaits=void 0,t()):(this.awaits!==e&&(this.awaits=e,customElements.whenDefined(e).then(()=>this.exchange(e))),n())}exchange(e){this.isConnected&&this.awaits===e&&this.own&&!this.isInUse&&(this.awaits=void 0,this.setValue(this.own()))}get isInUse(){if(!this.awaits)return!1;let e=this.part.parentNode.getRootNode().activeElement;for(let t=this.part.startNode?.nextSibling;e&&t&&t!==this.part.endNode;t=t.nextSibling)if(t.contains(e))return!0;return!1}}),me={plain:[`filled`,`brand`],main:[`accent`,`brand`],stop:[`filled`,`danger`],text:[`plain`,`brand`]},he=()=>void 0;function A(e,t=he,n={}){let{kind:r=`plain`,disabled:i=!1,name:a=d,href:s}=n,[c,l]=me[r],u=n.submits?`submit`:`button`;return o`${k(`ha-button`,()=>o`<ha-button
      type=${u} appearance=${c} variant=${l} .disabled=${i} aria-label=${a} @click=${t}
      href=${s??d}
      >${n.icon?o`<span slot="start">${O(n.icon)}</span>`:d}${e}</ha-button
    >`,()=>{let c=o`${n.icon?O(n.icon):d}${e}`;return s===void 0?o`<button type=${u} class=${r} ?disabled=${i} aria-label=${a} @click=${t}>${c}</button>`:o`<a class="button ${r}" href=${s} aria-label=${a}>${c}</a>`})}`}function ge(e,t,n,r=!1){return o`${k(`ha-icon-button`,()=>o`<ha-icon-button
      .label=${t} .path=${pe(e)} .disabled=${r} @click=${n}
    ></ha-icon-button>`,()=>o`<button type="button" class="only-icon" title=${t} aria-label=${t} ?disabled=${r} @click=${n}>
      ${O(e)}
    </button>`)}`}function _e(e,t,n,r){return o`${k(`ha-menu-button`,()=>o`<ha-menu-button .hass=${e} .narrow=${t}></ha-menu-button>`,()=>t?ge(`menu`,n,r):o``)}`}async function j(e){e&&`updateComplete`in e&&await e.updateComplete,e instanceof HTMLElement&&e.focus()}function ve(e,t,n,r,i=!1){let a=n.findIndex(e=>e.value===t),s=e=>{let t=n[Number(e)];t&&Number(e)!==a&&r(t.value)},c=n.map((e,t)=>({value:String(t),label:e.label,...e.group&&{secondary:e.group}}));return o`${k(`ha-select`,()=>o`<ha-select
      .label=${e} .options=${c} .value=${a<0?void 0:String(a)} .disabled=${i}
      @selected=${e=>{e.stopPropagation(),s(e.detail.value)}}
    ></ha-select>`,()=>o`<label class="field"
      >${e}
      <select ?disabled=${i} @change=${e=>s(e.target.value)}>
        ${a<0?o`<option value="" selected></option>`:d}
        ${c.map((e,t)=>o`<option value=${e.value} .selected=${t===a}>${e.label}</option>`)}
      </select>
    </label>`)}`}function ye(e,t,n,r=!1){let i=e=>n(e.target.checked);return o`${k(`ha-switch`,()=>o`<ha-switch .checked=${D(t)} .disabled=${r} @change=${i}>${e}</ha-switch>`,()=>o`<label class="toggle"
      ><span class="grow">${e}</span
      ><input type="checkbox" role="switch" .checked=${D(t)} ?disabled=${r} @change=${i}
    /></label>`)}`}function be(e,t,n,r){return o`${k(`ha-control-select`,()=>o`<ha-control-select
      .label=${e} .options=${n} .value=${D(t)}
      @value-changed=${e=>{e.stopPropagation(),e.detail.value!==t&&r(e.detail.value)}}
    ></ha-control-select>`,()=>o`<div class="segmented" role="radiogroup" aria-label=${e}>
      ${n.map(n=>o`<label
          ><input
            type="radio" name=${e} class="quiet" .checked=${D(n.value===t)}
            @change=${()=>r(n.value)}
          /><span>${n.label}</span></label
        >`)}
    </div>`)}`}function M(e,t,n,r){return o`<div class="chips" role="group" aria-label=${e}>
    ${n.map(e=>o`<button
        type="button" data-value=${e.value} aria-pressed=${e.value===t}
        @click=${()=>e.value!==t&&r(e.value)}
      >
        ${e.value===t?O(`check`):d}${e.label}
      </button>`)}
  </div>`}function xe(e,t,n=d){return o`${k(`ha-alert`,()=>o`<ha-alert alert-type=${e}
      >${t}${n===d?d:o`<span slot="action">${n}</span>`}</ha-alert
    >`,()=>o`<div class="notice ${e}" role="alert">
      ${O(`alert`)}<span class="grow">${t}</span>${n}
    </div>`)}`}var Se=v(class extends E{constructor(...e){super(...e),this.before=Ce()}render(){return d}update({element:e}){return queueMicrotask(()=>{e instanceof HTMLDialogElement&&e.isConnected&&!e.open&&e.showModal()}),d}disconnected(){queueMicrotask(()=>{Ce()===document.body&&this.before?.focus()})}});function Ce(){let e=document.activeElement;for(;e?.shadowRoot?.activeElement;)e=e.shadowRoot.activeElement;return e}function we(e,t,n,r){let{main:i,other:a=d}=n,s=e=>e.target===e.currentTarget&&r();return o`${k(`ha-dialog`,()=>o`<ha-dialog ${Se()} .open=${!0} .headerTitle=${e} @closed=${s}>
      ${t}
      <div slot="footer" class="actions">${a}${i}</div>
    </ha-dialog>`,()=>o`<dialog aria-label=${e} ${Se()} @close=${s}>
      <h2>${e}</h2>
      ${t}
      <div class="actions">${a}${i}</div>
    </dialog>`)}`}function Te(e,t,n,r,i={}){return o`${k(`ha-date-input`,()=>o`<ha-date-input
      .locale=${u(e)} .label=${t} .value=${n||void 0} .min=${i.min}
      .canClear=${!i.required}
      @value-changed=${N(r)}
    ></ha-date-input>`,()=>o`${ke(e)}${De(`date`,t,n,r,i)}`)}`}function Ee(e,t,n,r,i={}){return o`${k(`ha-time-input`,()=>o`<ha-time-input
      .locale=${u(e)} .label=${t} .value=${n?`${n.slice(0,5)}:00`:void 0}
      .clearable=${!i.required}
      @value-changed=${N(e=>r(e.slice(0,5)))}
    ></ha-time-input>`,()=>o`${ke(e)}${De(`time`,t,n.slice(0,5),r,i)}`)}`}function De(e,t,n,r,{min:i,name:a,required:s=!1,step:c}){return o`<label class="field"
    >${t}
    <input
      type=${e} .value=${D(n)} min=${i??d} name=${a??d} step=${c??d}
      ?required=${s} @change=${e=>r(e.target.value)}
  /></label>`}function N(e){return t=>{t.stopPropagation(),e(t.detail.value??``)}}var Oe={datetime:{}};function ke(e){return o`<ha-selector hidden .hass=${e} .selector=${Oe} .required=${!1}></ha-selector>`}function Ae(e,t,n,r,i){return o`${k(`ha-entity-picker`,()=>o`<ha-entity-picker
      .hass=${e} .label=${t} .includeDomains=${n} .excludeEntities=${r} .value=${D(``)}
      @value-changed=${N(e=>e&&i(e))}
    ></ha-entity-picker>`,()=>je(e,t,n,r,i))}`}function je(e,t,n,r,i){let a=Object.keys(e.states).filter(e=>n.includes(e.split(`.`)[0]??``)&&!r.includes(e));return o`<label class="field"
      >${t} <input list="entities" autocomplete="off" @input=${e=>{let t=e.target;a.includes(t.value)&&(i(t.value),t.value=``)}}
    /></label>
    <datalist id="entities">
      ${a.map(t=>o`<option value=${t}>${e.states[t]?.attributes.friendly_name??t}</option>`)}
    </datalist>`}function Me(){return o`${k(`ha-spinner`,()=>o`<ha-spinner size="small" aria-hidden="true"></ha-spinner>`,()=>o`<span class="spinner" aria-hidden="true"></span>`)}`}function Ne(e){return o`<p class="state" role="status">${Me()}<span>${e}</span></p>`}function Pe(e,t,n=d){return o`<div class="state">${O(e)}<span>${t}</span>${n}</div>`}var P=i`
  :host {
    display: block;
    color: var(--primary-text-color, #141414);
    font-family: var(--ha-font-family-body, Roboto, Noto, sans-serif);
    line-height: 1.45;
    --ca-soft: color-mix(in srgb, var(--secondary-text-color, #5e5e5e) 75%, var(--primary-text-color, #141414));
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
  a.button,
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
  a.button,
  ha-button {
    --ha-button-height: 44px;
    --ca-on: color-mix(in srgb, var(--ha-color-on-primary-normal, #009ac7) 55%, var(--primary-text-color, #141414));
    --wa-color-on-normal: var(--ca-on);
    font-size: var(--ha-font-size-m, 14px);
    font-weight: var(--ha-font-weight-medium, 500);
  }
  ha-button[appearance="accent"],
  button.main,
  a.button.main {
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
  button,
  a.button {
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
    text-decoration: none;
    transition: background-color var(--ha-animation-duration-fast, 0.15s) ease-out;
  }
  button svg.icon,
  a.button svg.icon {
    width: 20px;
    height: 20px;
  }
  button.main,
  a.button.main {
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
    button:hover:not(:disabled),
    a.button:hover {
      filter: brightness(0.96);
    }
  }
  ha-select,
  ha-date-input,
  ha-time-input,
  ha-entity-picker {
    --secondary-text-color: var(--ca-soft);
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
  .fields {
    display: grid;
    gap: 16px;
    margin-block-end: 8px;
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
`;function F(e){return e.residents.filter(e=>e.is_me)}var I=class extends e{static{this.styles=P}say(e,t){return this.words.say(`panel_${e}`,t)}tell(e){this.dispatchEvent(new CustomEvent(`ca-told`,{detail:e,bubbles:!0,composed:!0}))}async act(e,t){try{return await e(),t&&this.tell({text:t}),!0}catch(e){return this.tell({text:this.words.refusal(e)}),!1}}};g([s({attribute:!1})],I.prototype,`home`,void 0),g([s({attribute:!1})],I.prototype,`words`,void 0),g([s({attribute:!1})],I.prototype,`access`,void 0),g([s({attribute:!1})],I.prototype,`building`,void 0);var Fe=`expect`;function L({building:e},t){return`/courier-access/${t}?building=${e}`}function Ie(e){return`${L(e,`deliveries`)}&${Fe}`}function Le({building:e}){return`/config/integrations/integration/courier_access#config_entry=${e}`}var R=6e4,z=60*R,B=24*z;function Re(e,t){return e.filter(({units:e,ends_at:n})=>e!==void 0&&Date.parse(n)>t).sort((e,t)=>Date.parse(e.starts_at)-Date.parse(t.starts_at))[0]}function ze(e){return e<z?[Math.max(1,Math.ceil(e/R)),`minute`]:e<B?[Math.round(e/z),`hour`]:[Math.round(e/B),`day`]}function Be({starts_at:e},t,n){let r=Date.parse(e)-t;if(!(r<=0))return new Intl.RelativeTimeFormat(n).format(...ze(r))}function Ve({ends_at:e},t,n){let[r,i]=ze(Date.parse(e)-t);return new Intl.NumberFormat(n,{style:`unit`,unit:i,unitDisplay:`long`}).format(r)}function He(e,t,n){let{day:r,time:i}=e.wall(t);return r===e.wall(new Date(n).toISOString()).day?e.clock(m(i)):e.day(t)}function Ue(e,{starts_at:t,ends_at:n},r){let[i,a,o]=[t,n,new Date(r).toISOString()].map(t=>e.wall(t));return i&&a&&i.day===o?.day&&a.day===i.day?e.hours(m(i.time),m(a.time)):e.span(t,n)}var We=864e5;function V(e,t){return new Date(Date.parse(`${e}T00:00:00Z`)+t*We).toISOString().slice(0,10)}var H=e=>!e.windows?.length,U=e=>e.to??e.from;function W(e,t){return e.find(e=>e.from<=t&&t<=U(e))}function G(e,t){return e.flatMap(e=>t<e.from||U(e)<t?[e]:[...e.from<t?[{...e,to:V(t,-1)}]:[],...t<U(e)?[{...e,from:V(t,1),to:U(e)}]:[]])}function K(e,t){let n=[...e];for(let e=t.from;e<=U(t);e=V(e,1))n=G(n,e);let r=[...n,{...t,to:U(t)}].sort((e,t)=>e.from<t.from?-1:1),i=[];for(let e of r){let t=i.at(-1);t&&H(t)&&H(e)&&V(U(t),1)===e.from?t.to=U(e):i.push({...e})}return i}function Ge(e,t){return W(e,t)?G(e,t):K(e,{from:t,to:t})}function Ke(e,t,n){let[r,i]=t<n?[t,n]:[n,t],[a,o]=[[...e],!0];for(let t=r;t<=i;t=V(t,1)){let n=W(e,t);o&&=n!==void 0&&H(n),a=G(a,t)}return o?a:K(e,{from:r,to:i})}function qe(e,t){let n=`${e}-01`,r=((/* @__PURE__ */ new Date(`${n}T00:00:00Z`)).getUTCDay()-t+7)%7,i=Array(r).fill(void 0);for(let t=n;t.startsWith(e);t=V(t,1))i.push(t);for(;i.length%7;)i.push(void 0);return Array.from({length:i.length/7},(e,t)=>i.slice(t*7,t*7+7))}function Je(e,t){let[n=0,r=1]=e.split(`-`).map(Number);return new Date(Date.UTC(n,r-1+t,1)).toISOString().slice(0,7)}var q={day:{from:`08:00`,to:`18:00`},evening:{from:`17:00`,to:`21:00`},all_day:{from:`00:00`,to:`00:00`}};function Ye(e,t,n,r){let i=Xe(e,t),[a,o]=[i[0],i.at(-1)];if(!a||!o)return;let s=n*60;if(o.to-a.from<=s)return Ze(a.from,o.to);let c=m(r.slice(11)),l=r.startsWith(t)&&a.from<=c?c:m(q.day.from),u=i.find(({to:e})=>e>l),d=u?Math.max(u.from,l):a.from,f=i.filter(e=>e.from<d+s);return Ze(d,Math.min(f.at(-1)?.to??0,d+s))}function Xe(e,t){let n=r[((/* @__PURE__ */ new Date(`${t}T00:00:00Z`)).getUTCDay()+6)%7],i=W(e.exceptions,t),a=(i?i.windows:n&&e.windows[n])??[];return ee(a.map(({from:e,to:t})=>({day:0,from:m(e),to:m(t)})))}function Ze(e,t){return{from:p(e),to:p(t%l)}}function Qe({from:e,to:t}){let n=m(t)-m(e);return(n>0?n:n+l)/60}function $e(e,{from:t,to:n}){let r=t<n?e:V(e,1);return{starts_at:`${e}T${t}:00`,ends_at:`${r}T${n}:00`}}function et(e,t,n,r){let i=t&&Ye(t,e,n.longest_grant_hours,r);return[...[...i?[[`mine`,i]]:[],[`day`,q.day],[`evening`,q.evening],[`all_day`,q.all_day]].filter(([,t])=>Qe(t)<=n.longest_grant_hours&&$e(e,t).ends_at>r),[`other`,void 0]]}function tt({couriers:e,doors:t}){return e.filter(e=>e.enabled&&t.some(({door:t})=>e.doors.includes(t)))}function nt(e){return e.residents.filter(e=>e.is_me&&!e.waits_for_confirmation).length>0&&tt(e).length>0}function rt({waits_for_confirmation:e,consent:t,has_hours:n}){return!e&&t===`given`&&n}var it=v(class extends y{constructor(){super(...arguments),this.key=d}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(S(e),this.key=t),n}}),at=(e,t,n)=>{let r=/* @__PURE__ */ new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},ot=v(class extends y{constructor(e){if(super(e),e.type!==_.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=se(e),{values:o,keys:s}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=s,o;let c=this.ut??=[],l=[],u,d,f=0,p=i.length-1,m=0,h=o.length-1;for(;f<=p&&m<=h;)if(i[f]===null)f++;else if(i[p]===null)p--;else if(c[f]===s[m])l[m]=x(i[f],o[m]),f++,m++;else if(c[p]===s[h])l[h]=x(i[p],o[h]),p--,h--;else if(c[f]===s[h])l[h]=x(i[f],o[h]),b(e,l[h+1],i[f]),f++,h--;else if(c[p]===s[m])l[m]=x(i[p],o[m]),b(e,i[f],i[p]),p--,m++;else if(u===void 0&&(u=at(s,m,h),d=at(c,f,p)),u.has(c[f])){if(u.has(c[p])){let t=d.get(s[m]),n=t===void 0?null:i[t];if(n===null){let t=b(e,i[f]);x(t,o[m]),l[m]=t}else l[m]=x(n,o[m]),b(e,i[f],n),i[t]=null;m++}else C(i[p]),p--}else C(i[f]),f++;for(;m<=h;){let t=b(e,l[h+1]);x(t,o[m]),l[m++]=t}for(;f<=p;){let e=i[f++];e!==null&&C(e)}return this.ut=s,S(e,l),a}}),st=864e5;function ct(e,t,n){let r=t.at(-1)?.record??0,i=e[0]?.[0]?.record??0;if(n&&i<r)return[t];let a=e.map(e=>e.every(({record:e})=>e<r)?e:e.filter(({record:e})=>e<r)).filter(e=>e.length>0);return t.length>0?[t,...a]:[]}function lt(e,t,n){let r=n.filter(({record:e})=>e<t);return r.length>0?[...e,r]:[...e]}function ut(e){let t=/* @__PURE__ */ new Map;for(let n of e)n.decision!==`refused`&&!t.has(n.door)&&t.set(n.door,n);return t}function dt(e){return e.decision===`refused`?e.door?`refused`:`refused_nowhere`:e.decision===`observed`?`observed`:e.outcome===null?`admitted`:`admitted_${e.outcome}`}function ft({decision:e,outcome:t}){return e===`refused`?`refused`:e===`admitted`&&(t===null||t===`opened`)?`admitted`:`unknown`}function pt(e,t){let n=[];for(let r of e){let e=t(r),i=n.at(-1);i?.[0]===e?i[1].push(r):n.push([e,[r]])}return n}function mt(e,t,n){let r=Math.round((Date.parse(n)-Date.parse(t))/st);return r!==0&&r!==1?e.date(t,{weekday:`short`,day:`numeric`,month:`short`}):ht(new Intl.RelativeTimeFormat(e.language,{numeric:`auto`}).format(-r,`day`),e.language)}function ht(e,t){let[n=``,...r]=e;return n.toLocaleUpperCase(t)+r.join(``)}var J=class extends e{constructor(...e){super(...e),this.label=``,this.heading=``,this.about=``,this.says=``,this.asks=!1}static{this.styles=[P]}render(){let{label:e,about:t,yes:n=e}=this,r=()=>{this.asks=!1,j(this.renderRoot.querySelector(`ha-button, button`))};return o`
      ${A(e,()=>this.asks=!0,{kind:`stop`,name:t?`${e}: ${t}`:e})}
      ${this.asks?we(this.heading,o`<p><strong>${t}</strong></p>
              <p>${this.says}</p>`,{main:A(n,()=>{this.asks=!1,this.act()},{kind:`stop`}),other:A(this.words.say(`page_door_back`),r,{kind:`text`})},r):d}
    `}};g([s({attribute:!1})],J.prototype,`words`,void 0),g([s()],J.prototype,`label`,void 0),g([s()],J.prototype,`heading`,void 0),g([s()],J.prototype,`about`,void 0),g([s()],J.prototype,`says`,void 0),g([s()],J.prototype,`yes`,void 0),g([s({attribute:!1})],J.prototype,`act`,void 0),g([n()],J.prototype,`asks`,void 0),J=g([f(`courier-access-sure`)],J);var Y=class extends I{render(){let{is_mine:e,courier:t}=this.delivery,n=this.words.say(e?`page_cancel`:`notification_action_veto`);return o`<courier-access-sure
      .words=${this.words}
      .label=${n}
      .heading=${this.words.say(e?`page_cancel`:`page_veto`)}
      .about=${t}
      .says=${this.words.say(e?`panel_cancel_sure`:`panel_veto_sure`)}
      .yes=${e?n:this.say(`veto_yes`)}
      .act=${()=>void(e?this.cancel():this.forbid())}
    ></courier-access-sure>`}async cancel(){let{courier_id:e,grant_id:t}=this.delivery;e!==void 0&&t!==void 0&&await this.act(()=>this.access.revoke(this.building.building,e,t),this.words.say(`page_said_cancel`))}async forbid(){let{courier_id:e,grant_id:t,units:n}=this.delivery;if(e!==void 0&&t!==void 0){for(let r of n??[])if(!await this.act(()=>this.access.veto(this.building.building,e,t,r),this.words.say(`page_said_veto`)))return}}};g([s({attribute:!1})],Y.prototype,`delivery`,void 0),Y=g([f(`courier-access-veto`)],Y);var gt=class{constructor(e,t,n,r,i){this.access=e,this.building=t,this.resident=n,this.show=r,this.refused=i,this.queue=Promise.resolve(),this.waiting=0}async load(){if(!this.waiting)try{let e=await this.access.rules(this.building,this.resident);this.waiting||this.take(e)}catch(e){this.refused(e)}}async change(e,t=!1){let n=this.kept;if(!n)return!1;this.waiting++;let{consent:r,...i}=e;this.take({...n,...i,consent:vt(r,n.consent)});let a=this.queue.then(()=>this.send(e,n,t));return this.queue=a,a}async undo(){let e=this.last;this.last=void 0,e&&await this.change(e,!0)}async send(e,t,n){let r=this.kept?.revision??t.revision;try{let i=await this.access.setRules(this.building,this.resident,r,e);return n||(this.last=_t(t,e)),this.waiting--,this.waiting&&this.kept?this.kept={...this.kept,revision:i.revision}:this.take(i),!0}catch(e){return this.waiting--,this.refused(e),await this.load(),!1}}take(e){this.kept=e,this.show(e)}};function _t(e,t){let n=Object.keys(t).filter(e=>e!==`consent`),r=Object.fromEntries(n.map(t=>[t,e[t]])),{couriers:i}=t;if(i===void 0)return r;let a=e.removed_couriers.filter(({courier:e})=>e in i),o=Object.fromEntries(a.map(({courier:e})=>[e,`deny`]));return{...r,couriers:{...e.couriers,...o}}}function vt(e,t){return e===void 0?t:e?`given`:`withdrawn`}function yt(e,t,n){let{[t]:r,...i}=e;return n===void 0?i:{...i,[t]:n}}var X=class extends e{constructor(...e){super(...e),this.consent=`not_given`,this.agreed=!1}static{this.styles=[P]}render(){let e=this.consent===`given`;return o`
      ${e?d:o`<p class="status">${this.words.say(`page_consent_${this.consent}`)}</p>`}
      <p>${this.words.say(`page_consent_means`)}</p>
      ${e?o`<courier-access-sure
            .words=${this.words}
            .label=${this.words.say(`page_withdraw_consent`)}
            .heading=${this.words.say(`page_withdraw_consent`)}
            .says=${this.words.say(`panel_withdraw_sure`)}
            .act=${()=>this.decide(!1)}
          ></courier-access-sure>`:o`<p>
              <label
                ><input
                  type="checkbox"
                  .checked=${this.agreed}
                  @change=${e=>this.agreed=e.target.checked}
                />${this.words.say(`page_agree`)}</label
              >
            </p>
            ${A(this.words.say(`page_give_consent`),()=>this.decide(!0),{kind:`main`,disabled:!this.agreed})}`}
    `}decide(e){this.agreed=!1,this.dispatchEvent(new CustomEvent(`ca-consent`,{detail:e,bubbles:!0,composed:!0}))}};g([s({attribute:!1})],X.prototype,`words`,void 0),g([s()],X.prototype,`consent`,void 0),g([n()],X.prototype,`agreed`,void 0),X=g([f(`courier-access-consent`)],X);function bt(e,t,n){let[r,...i]=t.filter(e=>(e.to??e.from)>=n).sort((e,t)=>e.from<t.from?-1:1);return r?xt(e,r)+(i.length?` +${i.length}`:``):e.say(`panel_days_off_none`)}function xt(e,{from:t,to:n}){let r=t=>e.date(t,{day:`numeric`,month:`short`,year:`numeric`});return n===void 0||n===t?r(t):e.say(`page_from_to`,{first:r(t),last:r(n)})}function St(e,t){return H(t)?e.say(`page_closed`):(t.windows??[]).map(({from:t,to:n})=>e.hours(m(t),m(n))).join(`, `)}function Ct(e,t,n){let r=t.flatMap(({courier:t,name:r})=>{let i=n.couriers[t];return i&&i!==n.default?`${r}: ${e.say(`panel_attitude_${i}`)}`:[]});return[`${e.say(`panel_by_default`)}: ${e.say(`panel_attitude_${n.default}`)}`,...r].join(` · `)}function wt(e,t){let n=t.digest_at;return[e.say(t.share_hours?`panel_hours_shared`:`panel_hours_private`),n===null?e.say(`panel_digest_none`):e.say(`panel_digest_daily`,{time:e.clock(m(n))})].join(` · `)}var Tt={windows:`page_hours_heading`,exceptions:`panel_days_off`,only_while:`panel_conditions`,never_while:`panel_conditions`,share_hours:`panel_sharing`,digest_at:`panel_sharing`};function Et(e,t,n){let{consent:r}=t;if(r!==void 0)return{text:e.say(r?`page_said_give_consent`:`page_said_withdraw_consent`)};let[i]=Object.keys(t),a=e.say((i&&Tt[i])??`panel_couriers`);return{text:e.say(`panel_kept`,{what:a}),undo:n}}function Dt(e,t,n,r){return o`
    ${e.readerIsElsewhere?xe(`warning`,e.say(`panel_elsewhere`,{zone:e.zone})):d}
    ${M(e.say(`page_hours_heading`),n,t.map(t=>({value:t,label:Ot(e,t)})),r)}
  `}function Ot(e,t){let[n]=h[t],r=n&&t!==`always`?` ${e.hours(n.from,n.to)}`:``;return e.say(`panel_week_${t}`)+r}var kt=20,Z=class extends I{constructor(...e){super(...e),this.flat=!1}static{this.styles=[I.styles,i`
      .count {
        font-size: 1.5rem;
        line-height: 1.3;
      }
      :host(:not([flat])) .row {
        gap: 16px;
        margin-block-start: 12px;
      }
      .row .to {
        margin-block-end: 0;
      }
      :host([flat]) section {
        padding: 8px 16px;
        line-height: 1.3;
      }
      :host([flat]) :is(h3, p) {
        margin: 0;
      }
    `]}connectedCallback(){super.connectedCallback(),this.counting=setInterval(()=>this.requestUpdate(),kt*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.counting)}async takeFocus(){await this.updateComplete,await j(this.renderRoot.querySelector(`section > .row > *`))}render(){let e=Date.now(),t=Re(this.building.expected,e);return this.flat?t?this.row(t,e):d:o`
      <section data-next=${t?.grant_id??d}>
        <h2>${this.say(`next`)}</h2>
        ${t?this.whole(t,e):o`<p>${this.words.say(`page_expected_none`)}</p>`}
        <div class="row">
          ${this.expect(t===void 0)}
          <a class="to" href=${L(this.building,`deliveries`)}>${this.say(`next_all`)}</a>
        </div>
      </section>
    `}expect(e){return!nt(this.building)||!F(this.building).some(rt)?d:A(this.words.say(`page_expect`),void 0,{kind:e?`main`:`plain`,icon:`add`,href:Ie(this.building)})}whole(e,t){let{parcel_ref:n}=e;return o`
      <p><strong>${this.words.say(`page_at`,{courier:e.courier,door:e.door})}</strong></p>
      <p class="count">${this.count(e,t)}</p>
      <p class="soft">
        ${this.words.span(e.starts_at,e.ends_at)}
        ${n?o`<br />${this.words.say(`notification_parcel`,{parcel:n})}`:d}
      </p>
      ${this.veto(e)}
    `}row(e,t){return o`
      <section data-next=${e.grant_id??d}>
        <div class="row">
          <div class="grow">
            <h3>${e.courier}</h3>
            <p>${this.count(e,t)} <span class="soft">· ${Ue(this.words,e,t)}</span></p>
          </div>
          ${this.veto(e)}
        </div>
      </section>
    `}count(e,t){let{language:n}=this.words;return Be(e,t,n)??this.say(`next_left`,{left:Ve(e,t,n)})}veto(e){return o`${it(`${e.courier_id} ${e.grant_id}`,o`<courier-access-veto
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${e}
      ></courier-access-veto>`)}`}};g([s({type:Boolean,reflect:!0})],Z.prototype,`flat`,void 0),Z=g([f(`courier-access-next`)],Z);var At=36e5,Q=class extends I{constructor(...e){super(...e),this.until=null,this.flat=!1,this.asks=`nothing`,this.date=``,this.wasIn=!1}static{this.styles=[I.styles,i`
      :host {
        margin-block-start: 12px;
      }
      :host([flat]) {
        margin: 0;
      }
    `]}willUpdate(){this.wasIn=!!this.shadowRoot?.activeElement}updated(e){(e.get(`asks`)!==void 0||e.has(`until`)&&this.wasIn)&&j(this.renderRoot.querySelector(`button, ha-button`))}get what(){return this.unit===void 0?`building`:`unit`}render(){let{what:e,until:t}=this;if(t)return o`
        <p class="status">${this.words.say(`page_${e}_paused`,{until:this.words.moment(t)})}</p>
        ${A(this.words.say(`page_resume_${e}`),this.resumed(),{kind:`main`})}
      `;let n=this.words.say(`page_pause_${e}`);if(this.asks===`nothing`)return A(this.flat?this.say(`pause`):n,()=>this.asks=`length`,{name:n});let r=e===`unit`?this.say(`pause_unit_asks`):this.say(`pause_building_asks`);return o`
      <div role="group" aria-label=${r}>
        <p>${r}</p>
        <div class="row">
          ${A(this.say(`pause_hour`),()=>void this.pauseHour())}
          ${A(this.say(`pause_tonight`),()=>void this.pauseUntil(V(this.today,1)))}
          ${A(this.say(`pause_day`),()=>void this.pauseDay())}
          ${this.asks===`date`?d:A(this.say(`pause_date`),()=>this.asks=`date`)}
          ${this.asks===`date`?this.dateForm():d}
          ${A(this.say(`cancel`),()=>this.asks=`nothing`,{kind:`text`})}
        </div>
      </div>
    `}dateForm(){let e=V(this.today,1);return this.date||=e,o`
      ${Te(this.home,this.say(`pause_until`),this.date,e=>this.date=e,{min:e,required:!0})}
      ${A(this.say(`pause`),()=>void this.pauseUntil(this.date),{kind:`main`})}
    `}get today(){return this.words.wall((/* @__PURE__ */ new Date()).toISOString()).day}pauseHour(){let e=new Date(Date.now()+At).toISOString();return this.pause(e,this.words.moment(e))}pauseDay(){return this.pause(void 0,this.words.moment(new Date(Date.now()+24*At).toISOString()))}pauseUntil(e){let t=this.words.date(e,{weekday:`short`,day:`numeric`,month:`short`});return this.pause(`${e}T00:00:00`,`${t}, ${this.words.clock(0)}`)}async pause(e,t){this.asks=`nothing`,this.date=``;let n=this.resumed(),{building:r}=this.building;await this.act(()=>this.access.pause(r,this.unit,e))&&this.tell({text:this.say(`paused_until`,{time:t}),undo:n})}resumed(){let{unit:e,what:t}=this,{building:n}=this.building;return()=>void this.act(()=>this.access.resume(n,e),this.words.say(`page_said_resume_${t}`))}};g([s()],Q.prototype,`unit`,void 0),g([s()],Q.prototype,`until`,void 0),g([s({type:Boolean,reflect:!0})],Q.prototype,`flat`,void 0),g([n()],Q.prototype,`asks`,void 0),g([n()],Q.prototype,`date`,void 0),Q=g([f(`courier-access-pause`)],Q);var jt=te.filter(e=>e!==`none`),Mt=50,Nt={locked:`locked`,locking:`locked`,unlocked:`unlocked`,unlocking:`unlocked`,open:`unlocked`,opening:`unlocked`,jammed:`alert`},$=class extends I{constructor(...e){super(...e),this.flat=!1,this.compact=!1,this.pauses=!0,this.news=0,this.visits=/* @__PURE__ */ new Map,this.answering=[],this.leading=``}static{this.styles=[I.styles,i`
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
        color: var(--warning-color, #b26500);
      }
      :host([flat]) section {
        padding: 8px 16px;
        line-height: 1.3;
      }
      :host([flat]) :is(h2, p) {
        font-size: 1rem;
        margin: 0;
      }
      :host([flat]) .door {
        gap: 12px;
      }
      :host([flat]) .door svg {
        width: 24px;
        height: 24px;
      }
      :host([flat]) .door .grow {
        display: flex;
        flex-wrap: wrap;
        gap: 0 8px;
      }
      :host([flat]) .door .visit {
        flex-basis: 100%;
      }
      :host([flat]) .status {
        padding: 4px 8px;
      }
      :host([flat]) .status strong {
        font-size: 1rem;
      }
      :host([flat]) .pausable {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
        align-items: center;
        justify-content: space-between;
      }
      :host([flat]) .pausable > :is(h2, .status) {
        flex: 1;
      }
    `]}willUpdate(e){this.leadOn();let t=e.get(`building`);if(t!==void 0&&t.building!==this.building.building)this.visits=/* @__PURE__ */ new Map;else if(!e.has(`news`)&&this.hasUpdated)return;this.look()}updated(){this.onward?.(),this.onward=void 0}leadOn(){let{leading:e,chosen:t}=this,n=e=>F(this.building).find(({resident:t})=>t===e);e&&n(e)?.consent!==`not_given`&&(this.leading=``,this.onward=()=>void j(this.renderRoot.querySelector(`[data-resident="${e}"] .chips button`)));let r=t&&n(t.resident);t&&!Pt(r)&&(this.chosen=void 0,r&&(this.onward=()=>void this.renderRoot.querySelector(`courier-access-next`)?.takeFocus()))}async look(){let{building:e}=this.building;try{let{entries:t}=await this.access.entries(e,{limit:Mt});e===this.building.building&&(this.visits=ut(t))}catch{}}render(){let e=F(this.building);return o`
      ${ot(this.building.questions,({question:e})=>e,e=>this.question(e))}
      ${e.map(e=>this.undecided(e))}
      ${this.building.pending_residents.map(e=>this.newcomer(e))}
      ${e.length===0?d:o`<courier-access-next
            ?flat=${this.flat} .words=${this.words} .access=${this.access} .building=${this.building}
          ></courier-access-next>`}
      ${this.building.doors.map(e=>this.door(e))} ${e.map(e=>this.unit(e))}
      ${this.pauses||this.building.paused_until?this.whole():d}
    `}whole(){return o`
      <section>
        <div class="pausable">
          <h2>${this.say(`whole`)}</h2>
          ${this.pause(void 0,this.building.paused_until)}
        </div>
      </section>
    `}question(e){let{question:t,couriers:n,door:r,proof:i,waits:a,may_admit:s}=e,c=this.answering.includes(t),l=n.length>1?`notification_ask_ring_several`:`notification_ask_ring`,u=n.map(({name:e})=>e).join(`, `),f=this.words.say(i===`ring`?l:`notification_ask`,{courier:u,door:r});return o`
      <section data-decide="question" role="alert">
        <h2>${f}</h2>
        ${a===`now`?d:o`<p>${this.words.say(`notification_ask_${a}`)}</p>`}
        ${a===`nobody`?d:o`
              <div class="row">
                ${s?this.yeses(e,c):d}
                ${A(this.words.say(`notification_action_decline`),()=>void this.answer(e,!1),{disabled:c})}
              </div>
            `}
      </section>
    `}yeses(e,t){let n=(n,r)=>A(n,()=>void this.answer(e,!0,r),{kind:`main`,disabled:t});return e.couriers.length===1?[n(this.words.say(`notification_action_approve`))]:e.couriers.map(({courier:e,name:t})=>n(this.words.say(`notification_action_approve_courier`,{courier:t}),e))}async answer({question:e,waits:t},n,r){let i=t===`now`?this.say(`question_yes`):this.words.say(`notification_ask_may_return`);if(this.answering.includes(e))return;let{building:a}=this.building;this.answering=[...this.answering,e],await this.act(()=>this.access.answer(a,e,n,r),n?i:this.say(`question_no`)),this.answering=this.answering.filter(t=>t!==e)}undecided(e){return e.consent===`not_given`?this.consent(e):Pt(e)&&!this.flat?this.hours(e):d}consent(e){return o`
      <section data-decide="consent">
        <h2>${this.isOneOfSeveral?this.say(`unit`,{unit:e.unit}):this.words.say(`page_consent`)}</h2>
        <courier-access-consent
          .words=${this.words}
          consent=${e.consent}
          @ca-consent=${()=>this.agree(e.resident)}
        ></courier-access-consent>
      </section>
    `}async agree(e){this.leading=e,await this.decide(e,{consent:!0})||(this.leading=``)}hours({resident:e,unit:t}){let{chosen:n}=this;return o`
      <section data-decide="hours" data-resident=${e}>
        <h2>${this.say(`set_hours`)}</h2>
        <p>${this.say(`set_hours_says`)}</p>
        ${this.isOneOfSeveral?o`<p>${this.say(`unit`,{unit:t})}</p>`:d}
        ${Dt(this.words,jt,n?.resident===e?n.preset:void 0,t=>void this.setHours(e,t))}
        <p>
          <a class="to" href=${L(this.building,`hours`)}>${this.words.say(`page_other_times`)}</a>
        </p>
      </section>
    `}async setHours(e,n){this.chosen||(this.chosen={resident:e,preset:n},await this.decide(e,{windows:t(h[n])})||(this.chosen=void 0))}async decide(e,t){let n=new gt(this.access,this.building.building,e,()=>void 0,e=>this.tell({text:this.words.refusal(e)}));await n.load();let r=await n.change(t);return r&&this.tell(Et(this.words,t,()=>{this.chosen=void 0,n.undo()})),r}get isOneOfSeveral(){return F(this.building).length>1}newcomer({name:e,unit:t,resident:n}){let{building:r}=this.building;return o`
      <section data-decide="newcomer">
        <h2>${this.say(`newcomer`,{name:e,unit:t})}</h2>
        <p>${this.say(`newcomer_says`)}</p>
        ${A(this.say(`newcomer_confirm`),()=>void this.act(()=>this.access.confirm(r,n),this.say(`newcomer_done`,{name:e})),{kind:`main`})}
      </section>
    `}door(e){let t=e.lock===null?void 0:this.home.states[e.lock]?.state,n=Nt[t??``]??`alert`,r=this.visits.get(e.name);return o`
      <section>
        <div class="door ${n}" data-door=${e.door} data-state=${t??`unavailable`}>
          ${O(n)}
          <div class="grow">
            <h2>${e.name}</h2>
            <p><strong>${this.say(`door_${t!==void 0&&t in Nt?t:`unavailable`}`)}</strong></p>
            ${r?o`<p class="soft visit">
                  ${this.say(`last_visit`,{courier:r.courier,time:this.flat?He(this.words,r.at,Date.now()):this.words.moment(r.at)})}
                </p>`:d}
          </div>
        </div>
        ${e.unasked_rings.map(e=>this.unasked(e))} ${e.codes_off?this.codes(e):d}
      </section>
    `}unasked({rang_at:e,asks_again_at:t}){if(Date.parse(t)<=Date.now())return d;let[n,r]=[this.words.moment(e),this.words.moment(t)];return o`<p>${this.say(`unasked_ring`,{time:n,until:r})}</p>`}codes({door:e}){let t=()=>this.access.turnCodesOn(this.building.building,e);return o`
      <p>${this.say(`codes_off`)}</p>
      ${A(this.say(`turn_codes_on`),()=>void this.act(t,this.say(`codes_on`)))}
    `}unit(e){let{shut:t,next_change:n}=e;if(this.compact&&e.unit_paused_until===null)return d;let r=o`
      <div class="status ${t===null?`good`:``}" data-shut=${t??``}>
        <strong>${this.words.say(t===null?`page_open`:`page_shut`)}</strong>
        ${t===null?d:o`<p>${this.words.say(`page_shut_${t}`)}</p>`}
        ${n&&!this.flat?o`<p class="soft">${this.say(`next_change`,{time:this.words.moment(n)})}</p>`:d}
      </div>
    `;return o`
      <section>
        ${this.flat?d:o`<h2>${this.say(`unit`,{unit:e.unit})}</h2>`}
        <div class="pausable">
          ${r} ${e.waits_for_confirmation?d:this.pause(e.unit,e.unit_paused_until)}
        </div>
      </section>
    `}pause(e,t){return!this.pauses&&t===null?d:o`
      <courier-access-pause ?flat=${this.flat} .home=${this.home}
        .words=${this.words} .access=${this.access} .building=${this.building} .unit=${e} .until=${t}
      ></courier-access-pause>
    `}};g([s({type:Boolean,reflect:!0})],$.prototype,`flat`,void 0),g([s({type:Boolean})],$.prototype,`compact`,void 0),g([s({type:Boolean})],$.prototype,`pauses`,void 0),g([s({type:Number})],$.prototype,`news`,void 0),g([n()],$.prototype,`visits`,void 0),g([n()],$.prototype,`answering`,void 0),g([n()],$.prototype,`chosen`,void 0),$=g([f(`courier-access-now`)],$);function Pt(e){return e?.consent===`given`&&!e.has_hours}export{Ee as $,qe as A,xe as B,$e as C,Je as D,H as E,Le as F,Pe as G,M as H,L as I,ge as J,Ae as K,I as L,He as M,Fe as N,Ke as O,Ie as P,ve as Q,F as R,et as S,W as T,Te as U,A as V,we as W,_e as X,Ne as Y,be as Z,ot as _,St as a,tt as b,gt as c,ht as d,ye as et,lt as f,ft as g,ct as h,bt as i,_ as it,K as j,Ge as k,yt as l,dt as m,Ct as n,v as nt,Et as o,mt as p,j as q,xt as r,y as rt,wt as s,Dt as t,O as tt,pt as u,it as v,V as w,nt as x,rt as y,P as z};