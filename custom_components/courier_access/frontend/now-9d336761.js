import{A as e,C as t,D as n,E as r,M as i,O as a,T as o,d as s,k as c,n as l,w as u}from"./following-488cfcc5.js";var d={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},f=e=>(...t)=>({_$litDirective$:e,values:t}),p=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:m}=e,h=e=>e,g=e=>e.strings===void 0,ee=()=>document.createComment(``),_=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new m(r.insertBefore(ee(),i),r.insertBefore(ee(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=h(e).nextSibling;h(r).insertBefore(e,i),e=t}}}return n},v=(e,t,n=e)=>(e._$AI(t,n),e),te={},y=(e,t=te)=>e._$AH=t,ne=e=>e._$AH,b=e=>{e._$AR(),e._$AA.remove()},x=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),x(e,t);return!0},S=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},re=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=/* @__PURE__ */ new Set;else if(n.has(e))break;n.add(e),oe(t)}};function ie(e){this._$AN===void 0?this._$AM=e:(S(this),this._$AM=e,re(this))}function ae(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)x(r[e],!1),S(r[e]);else r!=null&&(x(r,!1),S(r))}else x(this,e)}}var oe=e=>{e.type==d.CHILD&&(e._$AP??=ae,e._$AQ??=ie)},se=class extends p{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),re(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(x(this,e),S(this))}setValue(e){if(g(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},C=f(class extends p{constructor(e){if(super(e),e.type!==d.PROPERTY&&e.type!==d.ATTRIBUTE&&e.type!==d.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!g(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===a||t===n)return t;let r=e.element,i=e.name;if(e.type===d.PROPERTY){if(t===r[i])return a}else if(e.type===d.BOOLEAN_ATTRIBUTE){if(!!t===r.hasAttribute(i))return a}else if(e.type===d.ATTRIBUTE&&r.getAttribute(i)===t+``)return a;return y(e),t}}),w={menu:`M3,6H21V8H3V6M3,11H21V13H3V11M3,16H21V18H3V16Z`,locked:`M12,17A2,2 0 0,0 14,15C14,13.89 13.1,13 12,13A2,2 0 0,0 10,15A2,2 0 0,0 12,17M18,8A2,2 0 0,1 20,10V20A2,2 0 0,1 18,22H6A2,2 0 0,1 4,20V10C4,8.89 4.9,8 6,8H7V6A5,5 0 0,1 12,1A5,5 0 0,1 17,6V8H18M12,3A3,3 0 0,0 9,6V8H15V6A3,3 0 0,0 12,3Z`,unlocked:`M18 1C15.24 1 13 3.24 13 6V8H4C2.9 8 2 8.89 2 10V20C2 21.11 2.9 22 4 22H16C17.11 22 18 21.11 18 20V10C18 8.9 17.11 8 16 8H15V6C15 4.34 16.34 3 18 3C19.66 3 21 4.34 21 6V8H23V6C23 3.24 20.76 1 18 1M10 13C11.1 13 12 13.89 12 15C12 16.11 11.11 17 10 17C8.9 17 8 16.11 8 15C8 13.9 8.9 13 10 13Z`,alert:`M13,14H11V10H13M13,18H11V16H13M1,21H23L12,2L1,21Z`,check:`M21,7L9,19L3.5,13.5L4.91,12.09L9,16.17L19.59,5.59L21,7Z`,add:`M19,13H13V19H11V13H5V11H11V5H13V11H19V13Z`,remove:`M19,6.41L17.59,5L12,10.59L6.41,5L5,6.41L10.59,12L5,17.59L6.41,19L12,13.41L17.59,19L19,17.59L13.41,12L19,6.41Z`,before:`M15.41,16.58L10.83,12L15.41,7.41L14,6L8,12L14,18L15.41,16.58Z`,after:`M8.59,16.58L13.17,12L8.59,7.41L10,6L16,12L10,18L8.59,16.58Z`,good:`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.41 10.59L10 14.17L17.59 6.58L19 8L10 17Z`,plain:`M12,20A8,8 0 0,1 4,12A8,8 0 0,1 12,4A8,8 0 0,1 20,12A8,8 0 0,1 12,20M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,parcel:`M21,16.5C21,16.88 20.79,17.21 20.47,17.38L12.57,21.82C12.41,21.94 12.21,22 12,22C11.79,22 11.59,21.94 11.43,21.82L3.53,17.38C3.21,17.21 3,16.88 3,16.5V7.5C3,7.12 3.21,6.79 3.53,6.62L11.43,2.18C11.59,2.06 11.79,2 12,2C12.21,2 12.41,2.06 12.57,2.18L20.47,6.62C20.79,6.79 21,7.12 21,7.5V16.5M12,4.15L6.04,7.5L12,10.85L17.96,7.5L12,4.15M5,15.91L11,19.29V12.58L5,9.21V15.91M19,15.91V9.21L13,12.58V19.29L19,15.91Z`,picture:`M8.5,13.5L11,16.5L14.5,12L19,18H5M21,19V5C21,3.89 20.1,3 19,3H5A2,2 0 0,0 3,5V19A2,2 0 0,0 5,21H19A2,2 0 0,0 21,19Z`,open:`M7.41,8.58L12,13.17L16.59,8.58L18,10L12,16L6,10L7.41,8.58Z`,unknown:`M10,19H13V22H10V19M12,2C17.35,2.22 19.68,7.62 16.5,11.67C15.67,12.67 14.33,13.33 13.67,14.17C13,15 13,16 13,17H10C10,15.33 10,13.92 10.67,12.92C11.33,11.92 12.67,11.33 13.5,10.67C15.92,8.43 15.32,5.26 12,5A3,3 0 0,0 9,8H6A6,6 0 0,1 12,2Z`};function ce(e){return w[e]}function T(e){return c`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${w[e]} /></svg>`}var E=f(class extends se{constructor(e){super(e),this.part=e}render(e,t,n){return this.own=t,customElements.get(e)&&!this.isInUse?(this.awaits=void 0,t()):(this.awaits!==e&&(this.awaits=e,customElements.whenDefined(e).then(()=>this.exchange(e))),n())}exchange(e){this.isConnected&&this.awaits===e&&this.own&&!this.isInUse&&(this.awaits=void 0,this.setValue(this.own()))}get isInUse(){if(!this.awaits)return!1;let e=this.part.parentNode.getRootNode().activeElement;for(let t=this.part.startNode?.nextSibling;e&&t&&t!==this.part.endNode;t=t.nextSibling)if(t.contains(e))return!0;return!1}}),le={plain:[`filled`,`brand`],main:[`accent`,`brand`],stop:[`filled`,`danger`],text:[`plain`,`brand`]},ue=()=>void 0;function D(e,t=ue,r={}){let{kind:i=`plain`,disabled:a=!1,name:o=n}=r,[s,l]=le[i],u=r.submits?`submit`:`button`;return c`${E(`ha-button`,()=>c`<ha-button
      type=${u} appearance=${s} variant=${l} .disabled=${a} aria-label=${o} @click=${t}
      >${r.icon?c`<span slot="start">${T(r.icon)}</span>`:n}${e}</ha-button
    >`,()=>c`<button type=${u} class=${i} ?disabled=${a} aria-label=${o} @click=${t}>
      ${r.icon?T(r.icon):n}${e}
    </button>`)}`}function O(e,t,n,r=!1){return c`${E(`ha-icon-button`,()=>c`<ha-icon-button
      .label=${t} .path=${ce(e)} .disabled=${r} @click=${n}
    ></ha-icon-button>`,()=>c`<button type="button" class="only-icon" title=${t} aria-label=${t} ?disabled=${r} @click=${n}>
      ${T(e)}
    </button>`)}`}function de(e,t,n,r){return c`${E(`ha-menu-button`,()=>c`<ha-menu-button .hass=${e} .narrow=${t}></ha-menu-button>`,()=>t?O(`menu`,n,r):c``)}`}async function k(e){e&&`updateComplete`in e&&await e.updateComplete,e instanceof HTMLElement&&e.focus()}function fe(e,t,r,i,a=!1){let o=r.findIndex(e=>e.value===t),s=e=>{let t=r[Number(e)];t&&Number(e)!==o&&i(t.value)},l=r.map((e,t)=>({value:String(t),label:e.label,...e.group&&{secondary:e.group}}));return c`${E(`ha-select`,()=>c`<ha-select
      .label=${e} .options=${l} .value=${o<0?void 0:String(o)} .disabled=${a}
      @selected=${e=>{e.stopPropagation(),s(e.detail.value)}}
    ></ha-select>`,()=>c`<label class="field"
      >${e}
      <select ?disabled=${a} @change=${e=>s(e.target.value)}>
        ${o<0?c`<option value="" selected></option>`:n}
        ${l.map((e,t)=>c`<option value=${e.value} .selected=${t===o}>${e.label}</option>`)}
      </select>
    </label>`)}`}function pe(e,t,n,r=!1){let i=e=>n(e.target.checked);return c`${E(`ha-switch`,()=>c`<ha-switch .checked=${C(t)} .disabled=${r} @change=${i}>${e}</ha-switch>`,()=>c`<label class="toggle"
      ><span class="grow">${e}</span
      ><input type="checkbox" role="switch" .checked=${C(t)} ?disabled=${r} @change=${i}
    /></label>`)}`}function me(e,t,n,r){return c`${E(`ha-control-select`,()=>c`<ha-control-select
      .label=${e} .options=${n} .value=${C(t)}
      @value-changed=${e=>{e.stopPropagation(),e.detail.value!==t&&r(e.detail.value)}}
    ></ha-control-select>`,()=>c`<div class="segmented" role="radiogroup" aria-label=${e}>
      ${n.map(n=>c`<label
          ><input
            type="radio" name=${e} class="quiet" .checked=${C(n.value===t)}
            @change=${()=>r(n.value)}
          /><span>${n.label}</span></label
        >`)}
    </div>`)}`}function he(e,t,r,i){return c`<div class="chips" role="group" aria-label=${e}>
    ${r.map(e=>c`<button
        type="button" data-value=${e.value} aria-pressed=${e.value===t}
        @click=${()=>e.value!==t&&i(e.value)}
      >
        ${e.value===t?T(`check`):n}${e.label}
      </button>`)}
  </div>`}function ge(e,t,r=n){return c`${E(`ha-alert`,()=>c`<ha-alert alert-type=${e}
      >${t}${r===n?n:c`<span slot="action">${r}</span>`}</ha-alert
    >`,()=>c`<div class="notice ${e}" role="alert">
      ${T(`alert`)}<span class="grow">${t}</span>${r}
    </div>`)}`}var A=f(class extends se{constructor(...e){super(...e),this.before=j()}render(){return n}update({element:e}){return queueMicrotask(()=>{e instanceof HTMLDialogElement&&e.isConnected&&!e.open&&e.showModal()}),n}disconnected(){queueMicrotask(()=>{j()===document.body&&this.before?.focus()})}});function j(){let e=document.activeElement;for(;e?.shadowRoot?.activeElement;)e=e.shadowRoot.activeElement;return e}function M(e,t,r,i){let{main:a,other:o=n}=r,s=e=>e.target===e.currentTarget&&i();return c`${E(`ha-dialog`,()=>c`<ha-dialog ${A()} .open=${!0} .headerTitle=${e} @closed=${s}>
      ${t}
      <div slot="footer" class="actions">${o}${a}</div>
    </ha-dialog>`,()=>c`<dialog aria-label=${e} ${A()} @close=${s}>
      <h2>${e}</h2>
      ${t}
      <div class="actions">${o}${a}</div>
    </dialog>`)}`}function N(e,t,n,r,i={}){return c`${E(`ha-date-input`,()=>c`<ha-date-input
      .locale=${e.locale} .label=${t} .value=${n||void 0} .min=${i.min}
      .canClear=${!i.required}
      @value-changed=${F(r)}
    ></ha-date-input>`,()=>c`${ye(e)}${P(`date`,t,n,r,i)}`)}`}function _e(e,t,n,r,i={}){return c`${E(`ha-time-input`,()=>c`<ha-time-input
      .locale=${e.locale} .label=${t} .value=${n?`${n.slice(0,5)}:00`:void 0}
      .clearable=${!i.required}
      @value-changed=${F(e=>r(e.slice(0,5)))}
    ></ha-time-input>`,()=>c`${ye(e)}${P(`time`,t,n.slice(0,5),r,i)}`)}`}function P(e,t,r,i,{min:a,name:o,required:s=!1,step:l}){return c`<label class="field"
    >${t}
    <input
      type=${e} .value=${C(r)} min=${a??n} name=${o??n} step=${l??n}
      ?required=${s} @change=${e=>i(e.target.value)}
  /></label>`}function F(e){return t=>{t.stopPropagation(),e(t.detail.value??``)}}var ve={datetime:{}};function ye(e){return c`<ha-selector hidden .hass=${e} .selector=${ve} .required=${!1}></ha-selector>`}function be(e,t,n,r,i){return c`${E(`ha-entity-picker`,()=>c`<ha-entity-picker
      .hass=${e} .label=${t} .includeDomains=${n} .excludeEntities=${r} .value=${C(``)}
      @value-changed=${F(e=>e&&i(e))}
    ></ha-entity-picker>`,()=>xe(e,t,n,r,i))}`}function xe(e,t,n,r,i){let a=Object.keys(e.states).filter(e=>n.includes(e.split(`.`)[0]??``)&&!r.includes(e));return c`<label class="field"
      >${t} <input list="entities" autocomplete="off" @input=${e=>{let t=e.target;a.includes(t.value)&&(i(t.value),t.value=``)}}
    /></label>
    <datalist id="entities">
      ${a.map(t=>c`<option value=${t}>${e.states[t]?.attributes.friendly_name??t}</option>`)}
    </datalist>`}function Se(){return c`${E(`ha-spinner`,()=>c`<ha-spinner size="small" aria-hidden="true"></ha-spinner>`,()=>c`<span class="spinner" aria-hidden="true"></span>`)}`}function Ce(e){return c`<p class="state" role="status">${Se()}<span>${e}</span></p>`}function we(e,t,r=n){return c`<div class="state">${T(e)}<span>${t}</span>${r}</div>`}var I=i`
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
`;function L(e){return e.residents.filter(e=>e.is_me)}var R=class extends r{static{this.styles=I}say(e,t){return this.words.say(`panel_${e}`,t)}tell(e){this.dispatchEvent(new CustomEvent(`ca-told`,{detail:e,bubbles:!0,composed:!0}))}async act(e,t){try{return await e(),t&&this.tell({text:t}),!0}catch(e){return this.tell({text:this.words.refusal(e)}),!1}}};l([u({attribute:!1})],R.prototype,`home`,void 0),l([u({attribute:!1})],R.prototype,`words`,void 0),l([u({attribute:!1})],R.prototype,`access`,void 0),l([u({attribute:!1})],R.prototype,`building`,void 0);var Te=f(class extends p{constructor(){super(...arguments),this.key=n}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(y(e),this.key=t),n}}),Ee=(e,t,n)=>{let r=/* @__PURE__ */ new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},z=f(class extends p{constructor(e){if(super(e),e.type!==d.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=ne(e),{values:o,keys:s}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=s,o;let c=this.ut??=[],l=[],u,d,f=0,p=i.length-1,m=0,h=o.length-1;for(;f<=p&&m<=h;)if(i[f]===null)f++;else if(i[p]===null)p--;else if(c[f]===s[m])l[m]=v(i[f],o[m]),f++,m++;else if(c[p]===s[h])l[h]=v(i[p],o[h]),p--,h--;else if(c[f]===s[h])l[h]=v(i[f],o[h]),_(e,l[h+1],i[f]),f++,h--;else if(c[p]===s[m])l[m]=v(i[p],o[m]),_(e,i[f],i[p]),p--,m++;else if(u===void 0&&(u=Ee(s,m,h),d=Ee(c,f,p)),u.has(c[f])){if(u.has(c[p])){let t=d.get(s[m]),n=t===void 0?null:i[t];if(n===null){let t=_(e,i[f]);v(t,o[m]),l[m]=t}else l[m]=v(n,o[m]),_(e,i[f],n),i[t]=null;m++}else b(i[p]),p--}else b(i[f]),f++;for(;m<=h;){let t=_(e,l[h+1]);v(t,o[m]),l[m++]=t}for(;f<=p;){let e=i[f++];e!==null&&b(e)}return this.ut=s,y(e,l),a}}),De=864e5;function B(e,t){return new Date(Date.parse(`${e}T00:00:00Z`)+t*De).toISOString().slice(0,10)}var V=e=>!e.windows?.length,H=e=>e.to??e.from;function U(e,t){return e.find(e=>e.from<=t&&t<=H(e))}function W(e,t){return e.flatMap(e=>t<e.from||H(e)<t?[e]:[...e.from<t?[{...e,to:B(t,-1)}]:[],...t<H(e)?[{...e,from:B(t,1),to:H(e)}]:[]])}function G(e,t){let n=[...e];for(let e=t.from;e<=H(t);e=B(e,1))n=W(n,e);let r=[...n,{...t,to:H(t)}].sort((e,t)=>e.from<t.from?-1:1),i=[];for(let e of r){let t=i.at(-1);t&&V(t)&&V(e)&&B(H(t),1)===e.from?t.to=H(e):i.push({...e})}return i}function Oe(e,t){return U(e,t)?W(e,t):G(e,{from:t,to:t})}function ke(e,t,n){let[r,i]=t<n?[t,n]:[n,t],[a,o]=[[...e],!0];for(let t=r;t<=i;t=B(t,1)){let n=U(e,t);o&&=n!==void 0&&V(n),a=W(a,t)}return o?a:G(e,{from:r,to:i})}function Ae(e,t){let n=`${e}-01`,r=((/* @__PURE__ */ new Date(`${n}T00:00:00Z`)).getUTCDay()-t+7)%7,i=Array(r).fill(void 0);for(let t=n;t.startsWith(e);t=B(t,1))i.push(t);for(;i.length%7;)i.push(void 0);return Array.from({length:i.length/7},(e,t)=>i.slice(t*7,t*7+7))}function je(e,t){let[n=0,r=1]=e.split(`-`).map(Number);return new Date(Date.UTC(n,r-1+t,1)).toISOString().slice(0,7)}var Me=864e5;function Ne(e,t,n){let r=t.at(-1)?.record??0,i=e[0]?.[0]?.record??0;if(n&&i<r)return[t];let a=e.map(e=>e.every(({record:e})=>e<r)?e:e.filter(({record:e})=>e<r)).filter(e=>e.length>0);return t.length>0?[t,...a]:[]}function Pe(e,t,n){let r=n.filter(({record:e})=>e<t);return r.length>0?[...e,r]:[...e]}function Fe(e){let t=/* @__PURE__ */ new Map;for(let n of e)n.decision!==`refused`&&!t.has(n.door)&&t.set(n.door,n);return t}function Ie(e){return e.decision===`refused`?e.door?`refused`:`refused_nowhere`:e.decision===`observed`?`observed`:e.outcome===null?`admitted`:`admitted_${e.outcome}`}function Le({decision:e,outcome:t}){return e===`refused`?`refused`:e===`admitted`&&(t===null||t===`opened`)?`admitted`:`unknown`}function Re(e,t){let n=[];for(let r of e){let e=t(r),i=n.at(-1);i?.[0]===e?i[1].push(r):n.push([e,[r]])}return n}function ze(e,t,n){let r=Math.round((Date.parse(n)-Date.parse(t))/Me);return r!==0&&r!==1?e.date(t,{weekday:`short`,day:`numeric`,month:`short`}):K(new Intl.RelativeTimeFormat(e.language,{numeric:`auto`}).format(-r,`day`),e.language)}function K(e,t){let[n=``,...r]=e;return n.toLocaleUpperCase(t)+r.join(``)}var q=class extends R{constructor(...e){super(...e),this.asks=!1}render(){if(this.delivery.is_mine)return this.stop(this.words.say(`page_cancel`),()=>void this.cancel());let e=()=>{this.asks=!1,k(this.renderRoot.querySelector(`ha-button, button`))};return c`
      ${this.stop(this.words.say(`notification_action_veto`),()=>this.asks=!0)}
      ${this.asks?M(this.words.say(`page_veto`),c`<p>${this.say(`veto_sure`)}</p>`,{main:D(this.say(`veto_yes`),()=>void this.forbid(),{kind:`stop`}),other:D(this.say(`cancel`),e,{kind:`text`})},e):n}
    `}stop(e,t){return D(e,t,{kind:`stop`,name:`${e}: ${this.delivery.courier}`})}async cancel(){let{courier_id:e,grant_id:t}=this.delivery;e!==void 0&&t!==void 0&&await this.act(()=>this.access.revoke(this.building.building,e,t),this.words.say(`page_said_cancel`))}async forbid(){let{courier_id:e,grant_id:t,units:n}=this.delivery;if(this.asks=!1,e!==void 0&&t!==void 0){for(let r of n??[])if(!await this.act(()=>this.access.veto(this.building.building,e,t,r),this.words.say(`page_said_veto`)))return}}};l([u({attribute:!1})],q.prototype,`delivery`,void 0),l([t()],q.prototype,`asks`,void 0),q=l([o(`courier-access-veto`)],q);var J=class extends r{constructor(...e){super(...e),this.consent=`not_given`,this.agreed=!1}static{this.styles=[I]}render(){let e=this.consent===`given`;return c`
      ${e?n:c`<p class="status">${this.words.say(`page_consent_${this.consent}`)}</p>`}
      <p>${this.words.say(`page_consent_means`)}</p>
      ${e?D(this.words.say(`page_withdraw_consent`),()=>this.decide(!1),{kind:`stop`}):c`<p>
              <label
                ><input
                  type="checkbox"
                  .checked=${this.agreed}
                  @change=${e=>this.agreed=e.target.checked}
                />${this.words.say(`page_agree`)}</label
              >
            </p>
            ${D(this.words.say(`page_give_consent`),()=>this.decide(!0),{kind:`main`,disabled:!this.agreed})}`}
    `}decide(e){this.agreed=!1,this.dispatchEvent(new CustomEvent(`ca-consent`,{detail:e,bubbles:!0,composed:!0}))}};l([u({attribute:!1})],J.prototype,`words`,void 0),l([u()],J.prototype,`consent`,void 0),l([t()],J.prototype,`agreed`,void 0),J=l([o(`courier-access-consent`)],J);var Be=6e4,Y=60*Be,Ve=24*Y;function He(e,t){return e.filter(({units:e,ends_at:n})=>e!==void 0&&Date.parse(n)>t).sort((e,t)=>Date.parse(e.starts_at)-Date.parse(t.starts_at))[0]}function Ue(e){return e<Y?[Math.max(1,Math.ceil(e/Be)),`minute`]:e<Ve?[Math.round(e/Y),`hour`]:[Math.round(e/Ve),`day`]}function We({starts_at:e},t,n){let r=Date.parse(e)-t;if(!(r<=0))return new Intl.RelativeTimeFormat(n).format(...Ue(r))}function Ge({ends_at:e},t,n){let[r,i]=Ue(Date.parse(e)-t);return new Intl.NumberFormat(n,{style:`unit`,unit:i,unitDisplay:`long`}).format(r)}function Ke(e,t,n){let{day:r,time:i}=e.wall(t);return r===e.wall(new Date(n).toISOString()).day?e.clock(s(i)):e.day(t)}function qe(e,{starts_at:t,ends_at:n},r){let[i,a,o]=[t,n,new Date(r).toISOString()].map(t=>e.wall(t));return i&&a&&i.day===o?.day&&a.day===i.day?e.hours(s(i.time),s(a.time)):e.span(t,n)}var Je=20,X=class extends R{constructor(...e){super(...e),this.flat=!1}static{this.styles=[R.styles,i`
      .count {
        font-size: 1.5rem;
        line-height: 1.3;
      }
      :host([flat]) section {
        padding: 8px 16px;
        line-height: 1.3;
      }
      :host([flat]) :is(h3, p) {
        margin: 0;
      }
    `]}connectedCallback(){super.connectedCallback(),this.counting=setInterval(()=>this.requestUpdate(),Je*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.counting)}render(){let e=Date.now(),t=He(this.building.expected,e);if(this.flat)return t?this.row(t,e):n;let r=`/courier-access/deliveries?building=${this.building.building}`;return c`
      <section data-next=${t?.grant_id??n}>
        <h2>${this.say(`next`)}</h2>
        ${t?this.whole(t,e):c`<p>${this.words.say(`page_expected_none`)}</p>`}
        <p><a class="to" href=${r}>${this.say(`next_all`)}</a></p>
      </section>
    `}whole(e,t){let{parcel_ref:r}=e;return c`
      <p><strong>${this.words.say(`page_at`,{courier:e.courier,door:e.door})}</strong></p>
      <p class="count">${this.count(e,t)}</p>
      <p class="soft">
        ${this.words.span(e.starts_at,e.ends_at)}
        ${r?c`<br />${this.words.say(`notification_parcel`,{parcel:r})}`:n}
      </p>
      ${this.veto(e)}
    `}row(e,t){return c`
      <section data-next=${e.grant_id??n}>
        <div class="row">
          <div class="grow">
            <h3>${e.courier}</h3>
            <p>${this.count(e,t)} <span class="soft">· ${qe(this.words,e,t)}</span></p>
          </div>
          ${this.veto(e)}
        </div>
      </section>
    `}count(e,t){let{language:n}=this.words;return We(e,t,n)??this.say(`next_left`,{left:Ge(e,t,n)})}veto(e){return c`${Te(`${e.courier_id} ${e.grant_id}`,c`<courier-access-veto
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${e}
      ></courier-access-veto>`)}`}};l([u({type:Boolean,reflect:!0})],X.prototype,`flat`,void 0),X=l([o(`courier-access-next`)],X);var Z=36e5,Q=class extends R{constructor(...e){super(...e),this.until=null,this.flat=!1,this.asks=`nothing`,this.date=``,this.wasIn=!1}static{this.styles=[R.styles,i`
      :host {
        margin-block-start: 12px;
      }
      :host([flat]) {
        margin: 0;
      }
    `]}willUpdate(){this.wasIn=!!this.shadowRoot?.activeElement}updated(e){(e.get(`asks`)!==void 0||e.has(`until`)&&this.wasIn)&&k(this.renderRoot.querySelector(`button, ha-button`))}get what(){return this.unit===void 0?`building`:`unit`}render(){let{what:e,until:t}=this;if(t)return c`
        <p class="status">${this.words.say(`page_${e}_paused`,{until:this.words.moment(t)})}</p>
        ${D(this.words.say(`page_resume_${e}`),this.resumed(),{kind:`main`})}
      `;let r=this.words.say(`page_pause_${e}`);if(this.asks===`nothing`)return D(this.flat?this.say(`pause`):r,()=>this.asks=`length`,{name:r});let i=e===`unit`?this.say(`pause_unit_asks`):this.say(`pause_building_asks`);return c`
      <div role="group" aria-label=${i}>
        <p>${i}</p>
        <div class="row">
          ${D(this.say(`pause_hour`),()=>void this.pauseHour())}
          ${D(this.say(`pause_tonight`),()=>void this.pauseUntil(B(this.today,1)))}
          ${D(this.say(`pause_day`),()=>void this.pauseDay())}
          ${this.asks===`date`?n:D(this.say(`pause_date`),()=>this.asks=`date`)}
          ${this.asks===`date`?this.dateForm():n}
          ${D(this.say(`cancel`),()=>this.asks=`nothing`,{kind:`text`})}
        </div>
      </div>
    `}dateForm(){let e=B(this.today,1);return this.date||=e,c`
      ${N(this.home,this.say(`pause_until`),this.date,e=>this.date=e,{min:e,required:!0})}
      ${D(this.say(`pause`),()=>void this.pauseUntil(this.date),{kind:`main`})}
    `}get today(){return this.words.wall((/* @__PURE__ */ new Date()).toISOString()).day}pauseHour(){let e=new Date(Date.now()+Z).toISOString();return this.pause(e,this.words.moment(e))}pauseDay(){return this.pause(void 0,this.words.moment(new Date(Date.now()+24*Z).toISOString()))}pauseUntil(e){let t=this.words.date(e,{weekday:`short`,day:`numeric`,month:`short`});return this.pause(`${e}T00:00:00`,`${t}, ${this.words.clock(0)}`)}async pause(e,t){this.asks=`nothing`,this.date=``;let n=this.resumed(),{building:r}=this.building;await this.act(()=>this.access.pause(r,this.unit,e))&&this.tell({text:this.say(`paused_until`,{time:t}),undo:n})}resumed(){let{unit:e,what:t}=this,{building:n}=this.building;return()=>void this.act(()=>this.access.resume(n,e),this.words.say(`page_said_resume_${t}`))}};l([u()],Q.prototype,`unit`,void 0),l([u()],Q.prototype,`until`,void 0),l([u({type:Boolean,reflect:!0})],Q.prototype,`flat`,void 0),l([t()],Q.prototype,`asks`,void 0),l([t()],Q.prototype,`date`,void 0),Q=l([o(`courier-access-pause`)],Q);var Ye=50,Xe={locked:`locked`,locking:`locked`,unlocked:`unlocked`,unlocking:`unlocked`,open:`unlocked`,opening:`unlocked`,jammed:`alert`},$=class extends R{constructor(...e){super(...e),this.flat=!1,this.compact=!1,this.pauses=!0,this.news=0,this.visits=/* @__PURE__ */ new Map,this.answering=[]}static{this.styles=[R.styles,i`
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
    `]}willUpdate(e){let t=e.get(`building`);if(t!==void 0&&t.building!==this.building.building)this.visits=/* @__PURE__ */ new Map;else if(!e.has(`news`)&&this.hasUpdated)return;this.look()}async look(){let{building:e}=this.building;try{let{entries:t}=await this.access.entries(e,{limit:Ye});e===this.building.building&&(this.visits=Fe(t))}catch{}}render(){let e=L(this.building);return c`
      ${z(this.building.questions,({question:e})=>e,e=>this.question(e))}
      ${e.map(e=>this.consent(e))}
      ${this.building.pending_residents.map(e=>this.newcomer(e))}
      ${e.length===0?n:c`<courier-access-next
            ?flat=${this.flat} .words=${this.words} .access=${this.access} .building=${this.building}
          ></courier-access-next>`}
      ${this.building.doors.map(e=>this.door(e))} ${e.map(e=>this.unit(e))}
      ${this.pauses||this.building.paused_until?this.whole():n}
    `}whole(){return c`
      <section>
        <div class="pausable">
          <h2>${this.say(`whole`)}</h2>
          ${this.pause(void 0,this.building.paused_until)}
        </div>
      </section>
    `}question({question:e,courier:t,door:r,proof:i,may_admit:a}){let o=this.answering.includes(e),s=this.words.say(i===`ring`?`notification_ask_ring`:`notification_ask`,{courier:t,door:r});return c`
      <section data-decide="question" role="alert">
        <h2>${s}</h2>
        <div class="row">
          ${a?D(this.words.say(`notification_action_approve`),()=>void this.answer(e,!0),{kind:`main`,disabled:o}):n}
          ${D(this.words.say(`notification_action_decline`),()=>void this.answer(e,!1),{disabled:o})}
        </div>
      </section>
    `}async answer(e,t){if(this.answering.includes(e))return;let{building:n}=this.building;this.answering=[...this.answering,e],await this.act(()=>this.access.answer(n,e,t),t?this.say(`question_yes`):this.say(`question_no`)),this.answering=this.answering.filter(t=>t!==e)}consent(e){if(e.consent!==`not_given`)return n;let t=L(this.building).length;return c`
      <section data-decide="consent">
        <h2>${t>1?this.say(`unit`,{unit:e.unit}):this.words.say(`page_consent`)}</h2>
        <courier-access-consent
          .words=${this.words}
          consent=${e.consent}
          @ca-consent=${()=>this.agree(e)}
        ></courier-access-consent>
      </section>
    `}async agree({resident:e}){let{building:t}=this.building;await this.act(async()=>{let{revision:n}=await this.access.rules(t,e);await this.access.setRules(t,e,n,{consent:!0})},this.words.say(`page_said_give_consent`))}newcomer({name:e,unit:t,resident:n}){let{building:r}=this.building;return c`
      <section data-decide="newcomer">
        <h2>${this.say(`newcomer`,{name:e,unit:t})}</h2>
        <p>${this.say(`newcomer_says`)}</p>
        ${D(this.say(`newcomer_confirm`),()=>void this.act(()=>this.access.confirm(r,n),this.say(`newcomer_done`,{name:e})),{kind:`main`})}
      </section>
    `}door(e){let t=e.lock===null?void 0:this.home.states[e.lock]?.state,r=Xe[t??``]??`alert`,i=this.visits.get(e.name);return c`
      <section>
        <div class="door ${r}" data-door=${e.door} data-state=${t??`unavailable`}>
          ${T(r)}
          <div class="grow">
            <h2>${e.name}</h2>
            <p><strong>${this.say(`door_${t!==void 0&&t in Xe?t:`unavailable`}`)}</strong></p>
            ${i?c`<p class="soft visit">
                  ${this.say(`last_visit`,{courier:i.courier,time:this.flat?Ke(this.words,i.at,Date.now()):this.words.moment(i.at)})}
                </p>`:n}
          </div>
        </div>
        ${e.codes_off?this.codes(e):n}
      </section>
    `}codes({door:e}){let t=()=>this.access.turnCodesOn(this.building.building,e);return c`
      <p>${this.say(`codes_off`)}</p>
      ${D(this.say(`turn_codes_on`),()=>void this.act(t,this.say(`codes_on`)))}
    `}unit(e){let{shut:t,next_change:r}=e;if(this.compact&&e.unit_paused_until===null)return n;let i=c`
      <div class="status ${t===null?`good`:``}" data-shut=${t??``}>
        <strong>${this.words.say(t===null?`page_open`:`page_shut`)}</strong>
        ${this.flat&&t===null?n:c`<p>${this.words.say(t===null?`page_open_says`:`page_shut_${t}`)}</p>`}
        ${t===`no_hours`?c`<p>
              <a class="to" href="/courier-access/hours?building=${this.building.building}">${this.say(`set_hours`)}</a>
            </p>`:n}
        ${r&&!this.flat?c`<p class="soft">${this.say(`next_change`,{time:this.words.moment(r)})}</p>`:n}
      </div>
    `;return c`
      <section>
        ${this.flat?n:c`<h2>${this.say(`unit`,{unit:e.unit})}</h2>`}
        <div class="pausable">
          ${i} ${e.waits_for_confirmation?n:this.pause(e.unit,e.unit_paused_until)}
        </div>
      </section>
    `}pause(e,t){return!this.pauses&&t===null?n:c`
      <courier-access-pause ?flat=${this.flat} .home=${this.home}
        .words=${this.words} .access=${this.access} .building=${this.building} .unit=${e} .until=${t}
      ></courier-access-pause>
    `}};l([u({type:Boolean,reflect:!0})],$.prototype,`flat`,void 0),l([u({type:Boolean})],$.prototype,`compact`,void 0),l([u({type:Boolean})],$.prototype,`pauses`,void 0),l([u({type:Number})],$.prototype,`news`,void 0),l([t()],$.prototype,`visits`,void 0),l([t()],$.prototype,`answering`,void 0),$=l([o(`courier-access-now`)],$);export{Ce as A,he as C,be as D,we as E,pe as F,T as I,f as L,me as M,fe as N,k as O,_e as P,p as R,D as S,M as T,Te as _,Ie as a,I as b,B as c,je as d,ke as f,z as g,G as h,ze as i,de as j,O as k,U as l,Ae as m,K as n,Ne as o,Oe as p,Pe as r,Le as s,Re as t,V as u,R as v,N as w,ge as x,L as y,d as z};