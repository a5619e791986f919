import{A as e,C as t,D as n,F as r,L as i,M as a,N as o,O as s,P as c,a as l,c as u,h as d,i as f,j as p,k as m,l as h,o as ee,p as te,r as g,s as ne,v as re,w as ie,y as ae}from"./following-7109ee7a.js";var _={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},v=e=>(...t)=>({_$litDirective$:e,values:t}),y=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:oe}=r,se=e=>e,ce=e=>e.strings===void 0,le=()=>document.createComment(``),b=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new oe(r.insertBefore(le(),i),r.insertBefore(le(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=se(e).nextSibling;se(r).insertBefore(e,i),e=t}}}return n},x=(e,t,n=e)=>(e._$AI(t,n),e),ue={},S=(e,t=ue)=>e._$AH=t,de=e=>e._$AH,fe=e=>{e._$AR(),e._$AA.remove()},C=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),C(e,t);return!0},w=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},pe=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=/* @__PURE__ */ new Set;else if(n.has(e))break;n.add(e),ge(t)}};function me(e){this._$AN===void 0?this._$AM=e:(w(this),this._$AM=e,pe(this))}function he(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)C(r[e],!1),w(r[e]);else r!=null&&(C(r,!1),w(r))}else C(this,e)}}var ge=e=>{e.type==_.CHILD&&(e._$AP??=he,e._$AQ??=me)},_e=class extends y{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),pe(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(C(this,e),w(this))}setValue(e){if(ce(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},T=v(class extends y{constructor(e){if(super(e),e.type!==_.PROPERTY&&e.type!==_.ATTRIBUTE&&e.type!==_.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!ce(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===o||t===a)return t;let n=e.element,r=e.name;if(e.type===_.PROPERTY){if(t===n[r])return o}else if(e.type===_.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return o}else if(e.type===_.ATTRIBUTE&&n.getAttribute(r)===t+``)return o;return S(e),t}}),ve={menu:`M3,6H21V8H3V6M3,11H21V13H3V11M3,16H21V18H3V16Z`,locked:`M12,17A2,2 0 0,0 14,15C14,13.89 13.1,13 12,13A2,2 0 0,0 10,15A2,2 0 0,0 12,17M18,8A2,2 0 0,1 20,10V20A2,2 0 0,1 18,22H6A2,2 0 0,1 4,20V10C4,8.89 4.9,8 6,8H7V6A5,5 0 0,1 12,1A5,5 0 0,1 17,6V8H18M12,3A3,3 0 0,0 9,6V8H15V6A3,3 0 0,0 12,3Z`,unlocked:`M18 1C15.24 1 13 3.24 13 6V8H4C2.9 8 2 8.89 2 10V20C2 21.11 2.9 22 4 22H16C17.11 22 18 21.11 18 20V10C18 8.9 17.11 8 16 8H15V6C15 4.34 16.34 3 18 3C19.66 3 21 4.34 21 6V8H23V6C23 3.24 20.76 1 18 1M10 13C11.1 13 12 13.89 12 15C12 16.11 11.11 17 10 17C8.9 17 8 16.11 8 15C8 13.9 8.9 13 10 13Z`,alert:`M13,14H11V10H13M13,18H11V16H13M1,21H23L12,2L1,21Z`,check:`M21,7L9,19L3.5,13.5L4.91,12.09L9,16.17L19.59,5.59L21,7Z`,add:`M19,13H13V19H11V13H5V11H11V5H13V11H19V13Z`,remove:`M19,6.41L17.59,5L12,10.59L6.41,5L5,6.41L10.59,12L5,17.59L6.41,19L12,13.41L17.59,19L19,17.59L13.41,12L19,6.41Z`,before:`M15.41,16.58L10.83,12L15.41,7.41L14,6L8,12L14,18L15.41,16.58Z`,after:`M8.59,16.58L13.17,12L8.59,7.41L10,6L16,12L10,18L8.59,16.58Z`,good:`M12 2C6.5 2 2 6.5 2 12S6.5 22 12 22 22 17.5 22 12 17.5 2 12 2M10 17L5 12L6.41 10.59L10 14.17L17.59 6.58L19 8L10 17Z`,plain:`M12,20A8,8 0 0,1 4,12A8,8 0 0,1 12,4A8,8 0 0,1 20,12A8,8 0 0,1 12,20M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z`,parcel:`M21,16.5C21,16.88 20.79,17.21 20.47,17.38L12.57,21.82C12.41,21.94 12.21,22 12,22C11.79,22 11.59,21.94 11.43,21.82L3.53,17.38C3.21,17.21 3,16.88 3,16.5V7.5C3,7.12 3.21,6.79 3.53,6.62L11.43,2.18C11.59,2.06 11.79,2 12,2C12.21,2 12.41,2.06 12.57,2.18L20.47,6.62C20.79,6.79 21,7.12 21,7.5V16.5M12,4.15L6.04,7.5L12,10.85L17.96,7.5L12,4.15M5,15.91L11,19.29V12.58L5,9.21V15.91M19,15.91V9.21L13,12.58V19.29L19,15.91Z`,picture:`M8.5,13.5L11,16.5L14.5,12L19,18H5M21,19V5C21,3.89 20.1,3 19,3H5A2,2 0 0,0 3,5V19A2,2 0 0,0 5,21H19A2,2 0 0,0 21,19Z`,open:`M7.41,8.58L12,13.17L16.59,8.58L18,10L12,16L6,10L7.41,8.58Z`,unknown:`M10,19H13V22H10V19M12,2C17.35,2.22 19.68,7.62 16.5,11.67C15.67,12.67 14.33,13.33 13.67,14.17C13,15 13,16 13,17H10C10,15.33 10,13.92 10.67,12.92C11.33,11.92 12.67,11.33 13.5,10.67C15.92,8.43 15.32,5.26 12,5A3,3 0 0,0 9,8H6A6,6 0 0,1 12,2Z`};function ye(e){return ve[e]}function E(e){return c`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${ve[e]} /></svg>`}var D=v(class extends _e{constructor(e){super(e),this.part=e}render(e,t,n){return this.own=t,customElements.get(e)&&!this.isInUse?(this.awaits=void 0,t()):(this.awaits!==e&&(this.awaits=e,customElements.whenDefined(e).then(()=>this.exchange(e))),n())}exchange(e){this.isConnected&&this.awaits===e&&this.own&&!this.isInUse&&(this.awaits=void 0,this.setValue(this.own()))}get isInUse(){if(!this.awaits)return!1;let e=this.part.parentNode.getRootNode().activeElement;for(let t=this.part.startNode?.nextSibling;e&&t&&t!==this.part.endNode;t=t.nextSibling)if(t.contains(e))return!0;return!1}}),be={plain:[`filled`,`brand`],main:[`accent`,`brand`],stop:[`filled`,`danger`],text:[`plain`,`brand`]},xe=()=>void 0;function O(e,t=xe,n={}){let{kind:r=`plain`,disabled:i=!1,name:o=a,href:s}=n,[l,u]=be[r],d=n.submits?`submit`:`button`;return c`${D(`ha-button`,()=>c`<ha-button
      type=${d} appearance=${l} variant=${u} .disabled=${i} aria-label=${o} @click=${t}
      href=${s??a}
      >${n.icon?c`<span slot="start">${E(n.icon)}</span>`:a}${e}</ha-button
    >`,()=>{let l=c`${n.icon?E(n.icon):a}${e}`;return s===void 0?c`<button type=${d} class=${r} ?disabled=${i} aria-label=${o} @click=${t}>${l}</button>`:c`<a class="button ${r}" href=${s} aria-label=${o}>${l}</a>`})}`}function Se(e,t,n,r=!1){return c`${D(`ha-icon-button`,()=>c`<ha-icon-button
      .label=${t} .path=${ye(e)} .disabled=${r} @click=${n}
    ></ha-icon-button>`,()=>c`<button type="button" class="only-icon" title=${t} aria-label=${t} ?disabled=${r} @click=${n}>
      ${E(e)}
    </button>`)}`}function Ce(e,t,n,r){return c`${D(`ha-menu-button`,()=>c`<ha-menu-button .hass=${e} .narrow=${t}></ha-menu-button>`,()=>t?Se(`menu`,n,r):c``)}`}async function k(e){e&&`updateComplete`in e&&await e.updateComplete,e instanceof HTMLElement&&e.focus()}function we(e,t,n,r,i=!1){let o=n.findIndex(e=>e.value===t),s=e=>{let t=n[Number(e)];t&&Number(e)!==o&&r(t.value)},l=n.map((e,t)=>({value:String(t),label:e.label,...e.group&&{secondary:e.group}}));return c`${D(`ha-select`,()=>c`<ha-select
      .label=${e} .options=${l} .value=${o<0?void 0:String(o)} .disabled=${i}
      @selected=${e=>{e.stopPropagation(),s(e.detail.value)}}
    ></ha-select>`,()=>c`<label class="field"
      >${e}
      <select ?disabled=${i} @change=${e=>s(e.target.value)}>
        ${o<0?c`<option value="" selected></option>`:a}
        ${l.map((e,t)=>c`<option value=${e.value} .selected=${t===o}>${e.label}</option>`)}
      </select>
    </label>`)}`}function Te(e,t,n,r=!1){let i=e=>n(e.target.checked);return c`${D(`ha-switch`,()=>c`<ha-switch .checked=${T(t)} .disabled=${r} @change=${i}>${e}</ha-switch>`,()=>c`<label class="toggle"
      ><span class="grow">${e}</span
      ><input type="checkbox" role="switch" .checked=${T(t)} ?disabled=${r} @change=${i}
    /></label>`)}`}function Ee(e,t,n,r){return c`${D(`ha-control-select`,()=>c`<ha-control-select
      .label=${e} .options=${n} .value=${T(t)}
      @value-changed=${e=>{e.stopPropagation(),e.detail.value!==t&&r(e.detail.value)}}
    ></ha-control-select>`,()=>c`<div class="segmented" role="radiogroup" aria-label=${e}>
      ${n.map(n=>c`<label
          ><input
            type="radio" name=${e} class="quiet" .checked=${T(n.value===t)}
            @change=${()=>r(n.value)}
          /><span>${n.label}</span></label
        >`)}
    </div>`)}`}function De(e,t,n,r){return c`<div class="chips" role="group" aria-label=${e}>
    ${n.map(e=>c`<button
        type="button" data-value=${e.value} aria-pressed=${e.value===t}
        @click=${()=>e.value!==t&&r(e.value)}
      >
        ${e.value===t?E(`check`):a}${e.label}
      </button>`)}
  </div>`}function A(e,t,n=a){return c`${D(`ha-alert`,()=>c`<ha-alert alert-type=${e}
      >${t}${n===a?a:c`<span slot="action">${n}</span>`}</ha-alert
    >`,()=>c`<div class="notice ${e}" role="alert">
      ${E(`alert`)}<span class="grow">${t}</span>${n}
    </div>`)}`}var Oe=v(class extends _e{constructor(...e){super(...e),this.before=ke()}render(){return a}update({element:e}){return queueMicrotask(()=>{e instanceof HTMLDialogElement&&e.isConnected&&!e.open&&e.showModal()}),a}disconnected(){queueMicrotask(()=>{ke()===document.body&&this.before?.focus()})}});function ke(){let e=document.activeElement;for(;e?.shadowRoot?.activeElement;)e=e.shadowRoot.activeElement;return e}function Ae(e,t,n,r){let{main:i,other:o=a}=n,s=e=>e.target===e.currentTarget&&r();return c`${D(`ha-dialog`,()=>c`<ha-dialog ${Oe()} .open=${!0} .headerTitle=${e} @closed=${s}>
      ${t}
      <div slot="footer" class="actions">${o}${i}</div>
    </ha-dialog>`,()=>c`<dialog aria-label=${e} ${Oe()} @close=${s}>
      <h2>${e}</h2>
      ${t}
      <div class="actions">${o}${i}</div>
    </dialog>`)}`}function je(e,t,n,r,i={}){return c`${D(`ha-date-input`,()=>c`<ha-date-input
      .locale=${f(e)} .label=${t} .value=${n||void 0} .min=${i.min}
      .canClear=${!i.required}
      @value-changed=${j(r)}
    ></ha-date-input>`,()=>c`${Fe(e)}${Ne(`date`,t,n,r,i)}`)}`}function Me(e,t,n,r,i={}){return c`${D(`ha-time-input`,()=>c`<ha-time-input
      .locale=${f(e)} .label=${t} .value=${n?`${n.slice(0,5)}:00`:void 0}
      .clearable=${!i.required}
      @value-changed=${j(e=>r(e.slice(0,5)))}
    ></ha-time-input>`,()=>c`${Fe(e)}${Ne(`time`,t,n.slice(0,5),r,i)}`)}`}function Ne(e,t,n,r,{min:i,name:o,required:s=!1,step:l}){return c`<label class="field"
    >${t}
    <input
      type=${e} .value=${T(n)} min=${i??a} name=${o??a} step=${l??a}
      ?required=${s} @change=${e=>r(e.target.value)}
  /></label>`}function j(e){return t=>{t.stopPropagation(),e(t.detail.value??``)}}var Pe={datetime:{}};function Fe(e){return c`<ha-selector hidden .hass=${e} .selector=${Pe} .required=${!1}></ha-selector>`}function Ie(e,t,n,r,i){return c`${D(`ha-entity-picker`,()=>c`<ha-entity-picker
      .hass=${e} .label=${t} .includeDomains=${n} .excludeEntities=${r} .value=${T(``)}
      @value-changed=${j(e=>e&&i(e))}
    ></ha-entity-picker>`,()=>Le(e,t,n,r,i))}`}function Le(e,t,n,r,i){let a=Object.keys(e.states).filter(e=>n.includes(e.split(`.`)[0]??``)&&!r.includes(e));return c`<label class="field"
      >${t} <input list="entities" autocomplete="off" @input=${e=>{let t=e.target;a.includes(t.value)&&(i(t.value),t.value=``)}}
    /></label>
    <datalist id="entities">
      ${a.map(t=>c`<option value=${t}>${e.states[t]?.attributes.friendly_name??t}</option>`)}
    </datalist>`}function Re(){return c`${D(`ha-spinner`,()=>c`<ha-spinner size="small" aria-hidden="true"></ha-spinner>`,()=>c`<span class="spinner" aria-hidden="true"></span>`)}`}function ze(e){return c`<p class="state" role="status">${Re()}<span>${e}</span></p>`}function Be(e,t,n=a){return c`<div class="state">${E(e)}<span>${t}</span>${n}</div>`}function M(e,t){return e.date(`2024-01-0${t+1}`,{weekday:`short`})}function Ve(e,t){let n=re(t);return n===`always`||n===`none`?e.say(`panel_week_${n}`):u(t).map(({days:t,windows:n})=>`${He(e,t)} ${n.map(({from:t,to:n})=>e.hours(t,n)).join(`, `)}`).join(` · `)}function N(e,t){let n=te(ae(t));return n.length?e.say(`panel_rule_building_hours`,{hours:Ve(e,n)}):e.say(`notification_reason_outside_building_hours`)}function He(e,n){return n.length===7?e.say(`page_every_day`):t(n).map(([t,n])=>{let r=n===t+1?`, `:`–`;return t===n?M(e,t):M(e,t)+r+M(e,n)}).join(`, `)}var P=i`
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
  :is(.notice.warning, .status.warning) {
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
  section > a.to:only-child {
    margin-block-start: -12px;
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
`;function F(e){return e.residents.filter(e=>e.is_me)}var I=class extends p{static{this.styles=P}say(e,t){return this.words.say(`panel_${e}`,t)}async openPage(e){let{path:t}=await e;window.open(t)===null&&window.location.assign(t)}tell(e){this.dispatchEvent(new CustomEvent(`ca-told`,{detail:e,bubbles:!0,composed:!0}))}async act(e,t){try{return await e(),t&&this.tell({text:t}),!0}catch(e){return this.tell({text:this.words.refusal(e)}),!1}}};g([m({attribute:!1})],I.prototype,`home`,void 0),g([m({attribute:!1})],I.prototype,`words`,void 0),g([m({attribute:!1})],I.prototype,`access`,void 0),g([m({attribute:!1})],I.prototype,`building`,void 0);var Ue=`https://github.com/courier-access/courier-access/blob/main/docs/how-to/residents-handbook.md`,We=`expect`;function L({building:e},t){return`/courier-access/${t}?building=${e}`}function Ge(e){return`${L(e,`deliveries`)}&${We}`}function Ke({building:e}){return`/config/integrations/integration/courier_access#config_entry=${e}`}var qe={courier_disabled:[`courier_disabled`],door_not_allowed:[`door_not_allowed`],paused:[`building_paused`,`unit_paused`],outside_building_hours:[`building_hours`]},Je=[`nobody_consents`,`withdrawn`,`denied`],Ye={courier_disabled:`notification_reason_courier_disabled`,door_not_allowed:`notification_reason_door_not_allowed`,building_paused:`page_shut_building_paused`,unit_paused:`page_shut_unit_paused`,nobody_consents:`page_shut_not_given`},Xe={...Ye,withdrawn:`page_shut_withdrawn`,denied:`notification_your_denied`,building_hours:`page_shut_outside_building_hours`,outside_hours:`page_shut_outside_hours`,entity:`page_shut_otherwise`};function Ze(e,{layer:t,until:n}){let r=n?e.say(`page_${t}`,{until:e.moment(n)}):e.say(Xe[t]??`page_shut_otherwise`);return`${e.say(`page_refused_now`)} ${r}`}function R({admitted:e,reason:t}){return e?`yes`:t===`no_answer`?`ask`:`no`}function Qe(e){let t=qe[e.reason],n=e.because.filter(({says:n,layer:r})=>n===R(e)&&(t?.includes(r)??!0));return n.find(({layer:e})=>Je.includes(e))??n.find(({layer:e})=>e!==`not_consenting`)??n[0]}function $e(e,t,n,r){let i=Qe(n),a=R(n);if(!i){if(a===`ask`)return``;let t=a===`yes`||n.reason===`not_accepting`;return e.say(t?`panel_rule_${a}`:`notification_reason_${n.reason}`)}let{layer:o,resident:s=``,entity:c=``}=i;if(o===`building_hours`)return N(e,r);let l=Ye[o];return l?e.say(l):e.say(`panel_rule_${o}`,{resident:s,entity:t[c]?.attributes.friendly_name??c})}var et=6e4,z=60*et,tt=24*z;function nt(e,t){return e.filter(({units:e,ends_at:n})=>e!==void 0&&Date.parse(n)>t).sort((e,t)=>Date.parse(e.starts_at)-Date.parse(t.starts_at))[0]}function rt(e){return e<z?[Math.max(1,Math.ceil(e/et)),`minute`]:e<tt?[Math.round(e/z),`hour`]:[Math.round(e/tt),`day`]}function it({starts_at:e},t,n){let r=Date.parse(e)-t;if(!(r<=0))return new Intl.RelativeTimeFormat(n).format(...rt(r))}function at({ends_at:e},t,n){let[r,i]=rt(Date.parse(e)-t);return new Intl.NumberFormat(n,{style:`unit`,unit:i,unitDisplay:`long`}).format(r)}function ot(e,t,n){let{day:r,time:i}=e.wall(t);return r===e.wall(new Date(n).toISOString()).day?e.clock(d(i)):e.day(t)}function st(e,{starts_at:t,ends_at:n},r){let[i,a,o]=[t,n,new Date(r).toISOString()].map(t=>e.wall(t));return i&&a&&i.day===o?.day&&a.day===i.day?e.hours(d(i.time),d(a.time)):e.span(t,n)}function ct(e,{starts_at:t,ends_at:n,opens:r=[]}){let i=r.map(({from:t,until:n})=>e.span(t,n)).join(`, `);return i&&i!==e.span(t,n)?e.say(`page_opens_only`,{times:i}):void 0}var lt=864e5;function B(e,t){return new Date(Date.parse(`${e}T00:00:00Z`)+t*lt).toISOString().slice(0,10)}var V=e=>!e.windows?.length,H=e=>e.to??e.from;function U(e,t){return e.find(e=>e.from<=t&&t<=H(e))}function ut(e){return n[((/* @__PURE__ */ new Date(`${e}T00:00:00Z`)).getUTCDay()+6)%7]}function dt({windows:e,exceptions:t},n){let r=U(t,n);return(r?r.windows:e[ut(n)])??[]}function ft(e,t){return e.flatMap(e=>t<e.from||H(e)<t?[e]:[...e.from<t?[{...e,to:B(t,-1)}]:[],...t<H(e)?[{...e,from:B(t,1),to:H(e)}]:[]])}function pt(e,t){let n=[...e];for(let e=t.from;e<=H(t);e=B(e,1))n=ft(n,e);let r=[...n,{...t,to:H(t)}].sort((e,t)=>e.from<t.from?-1:1),i=[];for(let e of r){let t=i.at(-1);t&&V(t)&&V(e)&&B(H(t),1)===e.from?t.to=H(e):i.push({...e})}return i}function mt(e,t){return U(e,t)?ft(e,t):pt(e,{from:t,to:t})}function ht(e,t,n){let[r,i]=t<n?[t,n]:[n,t],[a,o]=[[...e],!0];for(let t=r;t<=i;t=B(t,1)){let n=U(e,t);o&&=n!==void 0&&V(n),a=ft(a,t)}return o?a:pt(e,{from:r,to:i})}function gt(e,t){let n=`${e}-01`,r=((/* @__PURE__ */ new Date(`${n}T00:00:00Z`)).getUTCDay()-t+7)%7,i=Array(r).fill(void 0);for(let t=n;t.startsWith(e);t=B(t,1))i.push(t);for(;i.length%7;)i.push(void 0);return Array.from({length:i.length/7},(e,t)=>i.slice(t*7,t*7+7))}function _t(e,t){let[n=0,r=1]=e.split(`-`).map(Number);return new Date(Date.UTC(n,r-1+t,1)).toISOString().slice(0,7)}var W={day:{from:`08:00`,to:`18:00`},evening:{from:`17:00`,to:`21:00`},all_day:{from:`00:00`,to:`00:00`}};function vt(e,t,n,r,i){let a=yt(e,t,i),[o,s]=[a[0],a.at(-1)];if(!o||!s)return;let c=n*60;if(s.to-o.from<=c)return St(o.from,s.to);let l=d(r.slice(11)),u=r.startsWith(t)&&o.from<=l?l:d(W.day.from),f=a.find(({to:e})=>e>u),p=f?Math.max(f.from,u):o.from,m=a.filter(e=>e.from<p+c);return St(p,Math.min(m.at(-1)?.to??0,p+c))}function yt(e,t,n){let r=bt(dt(e,t));if(!ae(n).length)return r;let i=bt(n[ut(t)]??[]);return r.flatMap(e=>i.map(t=>xt(e,t)).filter(({from:e,to:t})=>e<t))}function bt(e){return te(e.map(({from:e,to:t})=>({day:0,from:d(e),to:d(t)})))}function xt(e,t){return{day:0,from:Math.max(e.from,t.from),to:Math.min(e.to,t.to)}}function St(e,t){return{from:h(e),to:h(t%l)}}function Ct({from:e,to:t}){let n=d(t)-d(e);return(n>0?n:n+l)/60}function wt(e,{from:t,to:n}){let r=t<n?e:B(e,1);return{starts_at:`${e}T${t}:00`,ends_at:`${r}T${n}:00`}}function Tt(e,t,n,r,i){let a=t&&vt(t,e,n.longest_grant_hours,r,i),o=[...a?[[`mine`,a]]:[],[`day`,W.day],[`evening`,W.evening],[`all_day`,W.all_day]].filter(([,t])=>Ct(t)<=n.longest_grant_hours&&wt(e,t).ends_at>r),s=r.startsWith(e)?d(r.slice(11)):0,c=t?yt(t,e,i).filter(({to:e})=>e>s):[],l=o.filter(([,{from:e,to:t}])=>c.some(n=>d(e)<n.to&&Math.max(n.from,s)<(d(t)||1440)));return[...l.length?l:o,[`other`,void 0]]}function Et(e,t,{longest_grant_hours:n},r,i){let[a,o]=[n,l/60].map(n=>vt(t,e,n,r,i));return a?.to!==o?.to||a?.from!==o?.from&&!r.startsWith(e)}function Dt({couriers:e,doors:t}){return e.filter(e=>e.enabled&&t.some(({door:t})=>e.doors.includes(t)))}function Ot(e){return e.residents.filter(e=>e.is_me&&!e.waits_for_confirmation).length>0&&Dt(e).length>0}function kt({waits_for_confirmation:e,consent:t,has_hours:n}){return!e&&t===`given`&&n}var At=v(class extends y{constructor(){super(...arguments),this.key=a}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(S(e),this.key=t),n}}),jt=(e,t,n)=>{let r=/* @__PURE__ */ new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},Mt=v(class extends y{constructor(e){if(super(e),e.type!==_.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=de(e),{values:a,keys:s}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=s,a;let c=this.ut??=[],l=[],u,d,f=0,p=i.length-1,m=0,h=a.length-1;for(;f<=p&&m<=h;)if(i[f]===null)f++;else if(i[p]===null)p--;else if(c[f]===s[m])l[m]=x(i[f],a[m]),f++,m++;else if(c[p]===s[h])l[h]=x(i[p],a[h]),p--,h--;else if(c[f]===s[h])l[h]=x(i[f],a[h]),b(e,l[h+1],i[f]),f++,h--;else if(c[p]===s[m])l[m]=x(i[p],a[m]),b(e,i[f],i[p]),p--,m++;else if(u===void 0&&(u=jt(s,m,h),d=jt(c,f,p)),u.has(c[f])){if(u.has(c[p])){let t=d.get(s[m]),n=t===void 0?null:i[t];if(n===null){let t=b(e,i[f]);x(t,a[m]),l[m]=t}else l[m]=x(n,a[m]),b(e,i[f],n),i[t]=null;m++}else fe(i[p]),p--}else fe(i[f]),f++;for(;m<=h;){let t=b(e,l[h+1]);x(t,a[m]),l[m++]=t}for(;f<=p;){let e=i[f++];e!==null&&fe(e)}return this.ut=s,S(e,l),o}});function Nt(e,t,n){let r=t.at(-1)?.record??0,i=e[0]?.[0]?.record??0;if(n&&i<r)return[t];let a=e.map(e=>e.every(({record:e})=>e<r)?e:e.filter(({record:e})=>e<r)).filter(e=>e.length>0);return t.length>0?[t,...a]:[]}function Pt(e,t,n){let r=n.filter(({record:e})=>e<t);return r.length>0?[...e,r]:[...e]}function Ft(e){let t=/* @__PURE__ */ new Map;for(let n of e)n.decision!==`refused`&&!t.has(n.door)&&t.set(n.door,n);return t}function It(e){return e.decision===`refused`?e.door?`refused`:`refused_nowhere`:e.decision===`observed`?`observed`:e.outcome===null?`admitted`:`admitted_${e.outcome}`}function Lt({decision:e,outcome:t}){return e===`refused`?`refused`:e===`admitted`&&(t===null||t===`opened`)?`admitted`:`unknown`}function Rt(e,t){let n=[];for(let r of e){let e=t(r),i=n.at(-1);i?.[0]===e?i[1].push(r):n.push([e,[r]])}return n}function zt(e,t,n){let r=Math.round((Date.parse(n)-Date.parse(t))/lt);return r!==0&&r!==1?e.dayOf(t):Bt(new Intl.RelativeTimeFormat(e.language,{numeric:`auto`}).format(-r,`day`),e.language)}function Bt(e,t){let[n=``,...r]=e;return n.toLocaleUpperCase(t)+r.join(``)}var Vt={consent:[],text:[],new_couriers:[`default`,`couriers`],open_once:[`exceptions`]},Ht=class{constructor(e,t,n,r,i){this.access=e,this.building=t,this.resident=n,this.show=r,this.refused=i,this.queue=Promise.resolve(),this.waiting=0}async load(){if(!this.waiting)try{let e=await this.access.rules(this.building,this.resident);this.waiting||this.take(e)}catch(e){this.refused(e)}}async change(e){let t=this.kept;if(!t)return!1;this.waiting++,this.take({...t,...e});let n=this.queue.then(()=>this.send(e,t));return this.queue=n,n}async undo(){let e=this.last;return this.last=void 0,e!==void 0&&this.change(e)}async send(e,t){let n=this.kept?.revision??t.revision;try{let r=await this.access.setRules(this.building,this.resident,n,e);return this.last=Ut(t,e),this.waiting--,this.waiting&&this.kept?this.kept={...this.kept,revision:r.revision}:this.take(r),!0}catch(e){return this.waiting--,this.refused(e),await this.load(),!1}}take(e){this.kept=e,this.show(e)}};function Ut(e,t){let n=Object.keys(t).flatMap(e=>Vt[e]??[e]),r=Object.fromEntries(n.map(t=>[t,e[t]])),{couriers:i}=t;if(i===void 0)return r;let a=e.removed_couriers.filter(({courier:e})=>e in i),o=Object.fromEntries(a.map(({courier:e})=>[e,`deny`]));return{...r,couriers:{...e.couriers,...o}}}function Wt(e,t,n){let{[t]:r,...i}=e;return n===void 0?i:{...i,[t]:n}}async function Gt(e,t,n,r,i){let a=new Ht(e,t,n,()=>void 0,i);if(await a.load(),await a.change({open_once:r}))return()=>void a.undo()}function Kt(e,t,n){let[r,...i]=t.filter(e=>(e.to??e.from)>=n).sort((e,t)=>e.from<t.from?-1:1);if(!r)return e.say(`panel_days_off_none`);let a=qt(e,r);return(V(r)?a:`${e.say(`panel_other_hours`)}: ${a}`)+(i.length?` +${i.length}`:``)}function qt(e,{from:t,to:n}){let r=t=>e.date(t,{day:`numeric`,month:`short`,year:`numeric`});return n===void 0||n===t?r(t):e.say(`page_from_to`,{first:r(t),last:r(n)})}function Jt(e,t){return V(t)?e.say(`page_closed`):(t.windows??[]).map(({from:t,to:n})=>e.hours(d(t),d(n))).join(`, `)}function Yt(e,t,n){let r=t.flatMap(({courier:t,name:r})=>{let i=n.couriers[t];return i&&i!==n.default?`${r}: ${e.say(`panel_attitude_${i}`)}`:[]});return[`${e.say(`panel_by_default`)}: ${e.say(`panel_attitude_${n.default}`)}`,...r].join(` · `)}function Xt(e,t){let n=t.digest_at;return[e.say(t.share_hours?`panel_hours_shared`:`panel_hours_private`),n===null?e.say(`panel_digest_none`):e.say(`panel_digest_daily`,{time:e.clock(d(n))})].join(` · `)}var Zt={windows:`page_hours_heading`,exceptions:`panel_days_off`,only_while:`panel_conditions`,never_while:`panel_conditions`,share_hours:`panel_sharing`,digest_at:`panel_sharing`},Qt={given:`give_consent`,opted_out:`opt_out`,withdrawn:`withdraw_consent`};function $t({shut:e,consent:t}){return e===`withdrawn`&&t!==`withdrawn`}function G(e,t){return e.say(`page_shut_${$t(t)?`kept_out`:t.shut}`)}function en({consent:e},t){return e===`withdrawn`&&t===`opted_out`}function tn({unit:e,no_closes_home:t},n,r){return n===`withdrawn`||t?r.filter(({units:t})=>t?.includes(e)):[]}function nn(e,t,n){if(en(t,n))return e.say(`page_said_lift_block`);let r=n===`opted_out`&&t.no_closes_home,i=e.say(r?`panel_said_last_no`:`page_said_${Qt[n]}`);return n===`given`&&$t(t)?`${i} ${G(e,t)}`:i}function rn(e,t,n,r){let{consent:i}=t,[a]=Object.keys(t);if(r.waits_for_confirmation&&a!==`digest_at`){let t=e.say(`page_said_pending`);return i===void 0?{text:t,undo:n}:{text:t}}if(i!==void 0)return{text:nn(e,r,i)};let o=e.say((a&&Zt[a])??`panel_couriers`);return{text:e.say(`panel_kept`,{what:o}),undo:n}}var K=class extends p{constructor(...e){super(...e),this.label=``,this.heading=``,this.about=``,this.says=``,this.also=a,this.asks=!1}static{this.styles=[P]}render(){let{label:e,about:t,yes:n=e}=this,r=()=>{this.asks=!1,k(this.renderRoot.querySelector(`ha-button, button`))};return c`
      ${O(e,()=>this.asks=!0,{kind:`stop`,name:t?`${e}: ${t}`:e})}
      ${this.asks?Ae(this.heading,c`<p><strong>${t}</strong></p>
              <p>${this.says}</p>
              ${this.also}`,{main:O(n,()=>{this.asks=!1,this.act()},{kind:`stop`}),other:O(this.words.say(`page_door_back`),r,{kind:`text`})},r):a}
    `}};g([m({attribute:!1})],K.prototype,`words`,void 0),g([m()],K.prototype,`label`,void 0),g([m()],K.prototype,`heading`,void 0),g([m()],K.prototype,`about`,void 0),g([m()],K.prototype,`says`,void 0),g([m({attribute:!1})],K.prototype,`also`,void 0),g([m()],K.prototype,`yes`,void 0),g([m({attribute:!1})],K.prototype,`act`,void 0),g([s()],K.prototype,`asks`,void 0),K=g([e(`courier-access-sure`)],K);var q=class extends I{constructor(...e){super(...e),this.besidePause=!1,this.busy=!1}render(){let{refused:e}=this.delivery;return e?c`${A(`warning`,Ze(this.words,e))} ${this.remedy(e.layer)}`:a}remedy(e){let{resident:t}=this;switch(e){case`building_paused`:return this.resume(`building`);case`unit_paused`:return this.resume(`unit`);case`nobody_consents`:case`withdrawn`:return t&&t.consent!==`given`?c`<p><a class="to" href=${L(this.building,`hours`)}>${this.say(`change_decision`)}</a></p>`:a;case`outside_hours`:return t?.consent===`given`?this.once(t):a;default:return a}}get resident(){let{units:e}=this.delivery;return F(this.building).find(t=>!t.waits_for_confirmation&&e?.includes(t.unit))}resume(e){if(this.besidePause)return a;let t=this.building.is_one_home?`unit`:e,n=e===`unit`?this.delivery.units?.[0]:void 0,r=()=>this.access.resume(this.building.building,n),i=this.words.say(`page_said_resume_${t}`);return c`<p>
      ${O(this.words.say(`page_resume_${t}`),()=>void this.act(r,i),{disabled:this.busy})}
    </p>`}once({resident:e}){let{starts_at:t,ends_at:n}=this.delivery;if(Date.parse(n)-Date.parse(t)>864e5)return a;let r=this.words.span(t,n);return c`<p>
      ${O(this.say(`open_once`,{span:r}),()=>void this.open(e,r),{disabled:this.busy})}
    </p>`}async open(e,t){if(this.busy)return;this.busy=!0;let{starts_at:n,ends_at:r}=this.delivery,i=await Gt(this.access,this.building.building,e,{starts_at:n,ends_at:r},e=>this.tell({text:this.words.refusal(e)}));this.busy=!1,i&&this.tell({text:this.say(`opened_once`,{span:t}),undo:i})}};g([m({attribute:!1})],q.prototype,`delivery`,void 0),g([m({type:Boolean})],q.prototype,`besidePause`,void 0),g([s()],q.prototype,`busy`,void 0),q=g([e(`courier-access-refused`)],q);var J=class extends I{render(){let{is_mine:e,courier:t}=this.delivery,n=this.words.say(e?`page_cancel`:`notification_action_veto`);return c`<courier-access-sure
      .words=${this.words}
      .label=${n}
      .heading=${this.words.say(e?`page_cancel`:`page_veto`)}
      .about=${t}
      .says=${this.words.say(e?`panel_cancel_sure`:`panel_veto_sure`)}
      .yes=${e?n:this.say(`veto_yes`)}
      .act=${()=>void(e?this.cancel():this.forbid())}
    ></courier-access-sure>`}async cancel(){let{courier_id:e,grant_id:t}=this.delivery;e!==void 0&&t!==void 0&&await this.act(()=>this.access.revoke(this.building.building,e,t),this.words.say(`page_said_cancel`))}async forbid(){let{courier_id:e,grant_id:t,units:n}=this.delivery;if(e!==void 0&&t!==void 0){for(let r of n??[])if(!await this.act(()=>this.access.veto(this.building.building,e,t,r),this.words.say(`page_said_veto`)))return}}};g([m({attribute:!1})],J.prototype,`delivery`,void 0),J=g([e(`courier-access-veto`)],J);var an=[`opted_out`,`withdrawn`],Y=class extends p{constructor(...e){super(...e),this.bare=!1,this.agreed=!1,this.read=``}static{this.styles=[P,i`
      courier-access-sure {
        margin-block-start: 24px;
      }
    `]}willUpdate(e){let{resident:t,consent:n}=this.resident,r=`${t} ${n}`;e.has(`resident`)&&r!==this.read&&(this.read=r,this.load())}async load(){let{building:e,resident:t,words:n}=this,r=new URLSearchParams(location.search).get(`text`)??void 0;try{this.text=await this.access.consentText(e.building,t.resident,n.language,r)}catch{this.text=void 0}}render(){let{consent:e,altered_at:t}=this.resident,n=e===`given`;return this.bare?c`${this.lines(this.text)}`:c`
      ${n?a:c`<p class="status ${t?`bad`:``}">${this.said}</p>`}
      ${$t(this.resident)?c`<p class="status warning">${G(this.words,this.resident)}</p>`:a}
      ${e===`withdrawn`?this.lift():a}
      ${n?this.given:this.lines(this.text)}
      ${n?a:c`<p>
              <label
                ><input
                  type="checkbox"
                  .checked=${this.agreed}
                  @change=${e=>this.agreed=e.target.checked}
                />${this.words.say(`page_agree`)}</label
              >
            </p>
            ${O(this.words.say(`page_give_consent`),()=>this.decide(`given`),{kind:`main`,disabled:!this.agreed||!this.text})}`}
      ${an.filter(t=>t!==e&&!en(this.resident,t)).map(e=>this.refusal(e))}
    `}lines(e){return c`<div lang=${e?.language??a}>${e?.lines?.map(e=>c`<p>${e}</p>`)}</div>`}get given(){let{text:e,words:t}=this,n=e?.agreed;if(!n)return this.lines(e);let r=n.lines?`given_at`:n.number?`before`:`on_paper`,i=t.say(`page_consent_${r}`,{time:t.moment(n.at),number:n.number??``});return c`<p>${i}</p>
      ${this.lines(n.lines?n:e)}`}get said(){let{words:e}=this,{consent:t,altered_at:n}=this.resident;if(!n)return e.say(`page_consent_${t}`);let r=e.date(e.wall(n).day,{day:`numeric`,month:`short`,year:`numeric`});return e.say(`notification_consent_altered`,{date:r})}lift(){return c`
      <p>${O(this.words.say(`page_lift_block`),()=>this.decide(`opted_out`))}</p>
      <p class="soft">${this.words.say(`page_lift_block_says`)}</p>
    `}refusal(e){let t=`page_${Qt[e]}`,n=this.words.say(t),r=this.words.say(`${t}_says`);return c`
      <courier-access-sure
        data-decision=${e}
        .words=${this.words}
        .label=${n}
        .heading=${e===`withdrawn`?this.words.say(`panel_withdraw_consent_asks`):n}
        .says=${r}
        .also=${this.alsoEnded(e)}
        .act=${()=>this.decide(e)}
      ></courier-access-sure>
      <p class="soft">${r}</p>
    `}alsoEnded(e){let{words:t,resident:n,building:r}=this,i=tn(n,e,r.expected);return c`
      ${e===`opted_out`&&n.no_closes_home?c`<p>${t.say(`panel_only_yes`)}</p>`:a}
      ${i.length?c`<p>${t.say(`panel_ends_deliveries`)}</p>
            <ul>
              ${i.map(({courier:e,starts_at:n,ends_at:r})=>c`<li>${e}, ${t.span(n,r)}</li>`)}
            </ul>`:a}
    `}decide(e){this.agreed=!1;let{hash:t=``,language:n=``}=this.text??{},r={consent:e,...e===`given`&&{text:{hash:t,language:n}}};this.dispatchEvent(new CustomEvent(`ca-consent`,{detail:r,bubbles:!0,composed:!0})),e===`given`&&this.load()}};g([m({attribute:!1})],Y.prototype,`words`,void 0),g([m({attribute:!1})],Y.prototype,`access`,void 0),g([m({attribute:!1})],Y.prototype,`building`,void 0),g([m({attribute:!1})],Y.prototype,`resident`,void 0),g([m({type:Boolean})],Y.prototype,`bare`,void 0),g([s()],Y.prototype,`agreed`,void 0),g([s()],Y.prototype,`text`,void 0),Y=g([e(`courier-access-consent`)],Y);function on(e,t,n,r){return c`
    ${e.readerIsElsewhere?A(`warning`,e.say(`panel_elsewhere`,{zone:e.zone})):a}
    ${De(e.say(`page_hours_heading`),n,t.map(t=>({value:t,label:sn(e,t)})),r)}
  `}function sn(e,t){let[n]=ee[t],r=n&&t!==`always`?` ${e.hours(n.from,n.to)}`:``;return e.say(`panel_week_${t}`)+r}var cn=120,X=class extends I{constructor(...e){super(...e),this.unit=``,this.note=``,this.isOpen=!1}static{this.styles=[I.styles,i`
      :host {
        margin-block-start: 12px;
      }
      label.field {
        display: flex;
        align-items: stretch;
      }
      .note {
        font-weight: 500;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
    `]}willUpdate(e){let t=e.get(`building`)?.building;(e.has(`unit`)||t!==void 0&&t!==this.building.building)&&(this.isOpen=!1)}updated(e){e.get(`isOpen`)!==void 0&&k(this.renderRoot.querySelector(this.isOpen?`input`:`button, ha-button`))}render(){let{note:e}=this;return this.isOpen?this.form():c`
      ${e?c`<p class="soft">${this.say(`driver_note`)}</p>
            <p class="note" dir="auto">${e}</p>`:a}
      ${O(e?this.words.say(`page_change`):this.say(`driver_note_add`),()=>this.isOpen=!0,{...e&&{name:`${this.say(`driver_note`)}: ${this.words.say(`page_change`)}`}})}
    `}form(){return c`
      <form @submit=${e=>this.submit(e)}>
        <label class="field"
          >${this.say(`driver_note`)}
          <input
            name="note" dir="auto" maxlength=${cn} autocomplete="off" aria-describedby="says"
            placeholder=${this.say(`driver_note_example`)} value=${this.note}
        /></label>
        <p class="soft" id="says">${this.say(`driver_note_says`)}</p>
        <div class="row">
          ${O(this.say(`save`),void 0,{kind:`main`,submits:!0})}
          ${O(this.say(`cancel`),()=>this.isOpen=!1,{kind:`text`})}
        </div>
      </form>
    `}async submit(e){e.preventDefault();let t=this.note,n=String(new FormData(e.target).get(`note`)??``).trim();(n===t||await this.set(n,t))&&(this.isOpen=!1)}async set(e,t){let{access:n,unit:r}=this,{building:i}=this.building,a=e=>e?this.say(`driver_note_saved`):this.say(`driver_note_removed`);return await this.act(()=>n.setNote(i,r,e))?(this.tell({text:a(e),undo:()=>void this.act(()=>n.setNote(i,r,t),a(t))}),!0):!1}};g([m()],X.prototype,`unit`,void 0),g([m()],X.prototype,`note`,void 0),g([s()],X.prototype,`isOpen`,void 0),X=g([e(`courier-access-driver-note`)],X);var ln=20,Z=class extends I{constructor(...e){super(...e),this.flat=!1}static{this.styles=[I.styles,i`
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
    `]}connectedCallback(){super.connectedCallback(),this.counting=setInterval(()=>this.requestUpdate(),ln*1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.counting)}async takeFocus(){await this.updateComplete,await k(this.renderRoot.querySelector(`section > .row > *`))}render(){let e=Date.now(),t=nt(this.building.expected,e);return this.flat?t?this.row(t,e):a:c`
      <section data-next=${t?.grant_id??a}>
        <h2>${this.say(`next`)}</h2>
        ${t?this.whole(t,e):c`<p>${this.words.say(`page_expected_none`)}</p>`}
        <div class="row">
          ${this.expect(t===void 0)}
          <a class="to" href=${L(this.building,`deliveries`)}>${this.say(`next_all`)}</a>
        </div>
      </section>
    `}expect(e){return!Ot(this.building)||!F(this.building).some(kt)?a:O(this.words.say(`page_expect`),void 0,{kind:e?`main`:`plain`,icon:`add`,href:Ge(this.building)})}whole(e,t){let{parcel_ref:n}=e,r=ct(this.words,e);return c`
      <p><strong>${this.words.say(`page_at`,{courier:e.courier,door:e.door})}</strong></p>
      <p class="count">${this.count(e,t)}</p>
      <p class="soft">
        ${this.words.span(e.starts_at,e.ends_at)}
        ${r?c`<br />${r}`:a}
        ${n?c`<br />${this.words.say(`notification_parcel`,{parcel:n})}`:a}
      </p>
      ${this.refused(e)} ${this.veto(e)}
    `}row(e,t){return c`
      <section data-next=${e.grant_id??a}>
        <div class="row">
          <div class="grow">
            <h3>${e.courier}</h3>
            <p>${this.count(e,t)} <span class="soft">· ${st(this.words,e,t)}</span></p>
          </div>
          ${this.veto(e)}
        </div>
        ${this.refused(e)}
      </section>
    `}refused(e){return e.refused?c`<courier-access-refused
      .words=${this.words}
      .access=${this.access}
      .building=${this.building}
      .delivery=${e}
      .besidePause=${!0}
    ></courier-access-refused>`:a}count(e,t){let{language:n}=this.words;return it(e,t,n)??this.say(`next_left`,{left:at(e,t,n)})}veto(e){return c`${At(`${e.courier_id} ${e.grant_id}`,c`<courier-access-veto
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${e}
      ></courier-access-veto>`)}`}};g([m({type:Boolean,reflect:!0})],Z.prototype,`flat`,void 0),Z=g([e(`courier-access-next`)],Z);var un=36e5,Q=class extends I{constructor(...e){super(...e),this.until=null,this.flat=!1,this.asks=`nothing`,this.date=``,this.wasIn=!1}static{this.styles=[I.styles,i`
      :host {
        margin-block-start: 12px;
      }
      :host([flat]) {
        margin: 0;
      }
    `]}willUpdate(){this.wasIn=!!this.shadowRoot?.activeElement}updated(e){(e.get(`asks`)!==void 0||e.has(`until`)&&this.wasIn)&&k(this.renderRoot.querySelector(`button, ha-button`))}get what(){return this.unit===void 0?`building`:`unit`}get paused(){return this.building.is_one_home?`unit`:this.what}render(){let{what:e,until:t}=this;if(t)return c`
        <p class="status">${this.words.say(`page_${this.paused}_paused`,{until:this.words.moment(t)})}</p>
        ${O(this.words.say(`page_resume_${this.paused}`),this.resumed(),{kind:`main`})}
      `;let n=e===`building`&&this.building.is_one_home?`home`:e,r=this.words.say(`page_pause_${n}`);if(this.asks===`nothing`)return O(this.flat?this.say(`pause`):r,()=>this.asks=`length`,{name:r});let i=this.say(`pause_${n}_asks`);return c`
      <div role="group" aria-label=${i}>
        <p>${i}</p>
        <div class="row">
          ${O(this.say(`pause_hour`),()=>void this.pauseHour())}
          ${O(this.say(`pause_tonight`),()=>void this.pauseUntil(B(this.today,1)))}
          ${O(this.say(`pause_day`),()=>void this.pauseDay())}
          ${this.asks===`date`?a:O(this.say(`pause_date`),()=>this.asks=`date`)}
          ${this.asks===`date`?this.dateForm():a}
          ${O(this.say(`cancel`),()=>this.asks=`nothing`,{kind:`text`})}
        </div>
      </div>
    `}dateForm(){let e=B(this.today,1);return this.date||=e,c`
      ${je(this.home,this.say(`pause_until`),this.date,e=>this.date=e,{min:e,required:!0})}
      ${O(this.say(`pause`),()=>void this.pauseUntil(this.date),{kind:`main`})}
    `}get today(){return this.words.wall((/* @__PURE__ */ new Date()).toISOString()).day}pauseHour(){let e=new Date(Date.now()+un).toISOString();return this.pause(e,this.words.moment(e))}pauseDay(){return this.pause(void 0,this.words.moment(new Date(Date.now()+24*un).toISOString()))}pauseUntil(e){let t=this.words.dayOf(e);return this.pause(`${e}T00:00:00`,`${t}, ${this.words.clock(0)}`)}async pause(e,t){this.asks=`nothing`,this.date=``;let n=this.resumed(),{building:r}=this.building;await this.act(()=>this.access.pause(r,this.unit,e))&&this.tell({text:this.say(`paused_until`,{time:t}),undo:n})}resumed(){let{unit:e,paused:t}=this,{building:n}=this.building;return()=>void this.act(()=>this.access.resume(n,e),this.words.say(`page_said_resume_${t}`))}};g([m()],Q.prototype,`unit`,void 0),g([m()],Q.prototype,`until`,void 0),g([m({type:Boolean,reflect:!0})],Q.prototype,`flat`,void 0),g([s()],Q.prototype,`asks`,void 0),g([s()],Q.prototype,`date`,void 0),Q=g([e(`courier-access-pause`)],Q);var dn=ne.filter(e=>e!==`none`),fn=50,pn=36e5,mn={locked:`locked`,locking:`locked`,unlocked:`unlocked`,unlocking:`unlocked`,open:`unlocked`,opening:`unlocked`,jammed:`alert`},$=class extends I{constructor(...e){super(...e),this.flat=!1,this.compact=!1,this.pauses=!0,this.news=0,this.visits=/* @__PURE__ */ new Map,this.answering=[],this.leading=``}static{this.styles=[I.styles,i`
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
    `]}willUpdate(e){this.leadOn();let t=e.get(`building`);if(t!==void 0&&t.building!==this.building.building)this.visits=/* @__PURE__ */ new Map;else if(!e.has(`news`)&&this.hasUpdated)return;this.look()}updated(){this.onward?.(),this.onward=void 0}leadOn(){let{leading:e,chosen:t}=this,n=e=>F(this.building).find(({resident:t})=>t===e);e&&n(e)?.consent!==`not_given`&&(this.leading=``,this.onward=()=>void k(this.renderRoot.querySelector(`[data-resident="${e}"] .chips button`)));let r=t&&n(t.resident);t&&!hn(r)&&(this.chosen=void 0,r&&(this.onward=()=>void this.renderRoot.querySelector(`courier-access-next`)?.takeFocus()))}async look(){let{building:e}=this.building;try{let{entries:t}=await this.access.entries(e,{limit:fn});e===this.building.building&&(this.visits=Ft(t))}catch{}}render(){let e=F(this.building);return c`
      ${Mt(this.building.questions,({question:e})=>e,e=>this.question(e))}
      ${e.map(e=>this.undecided(e))}
      ${this.building.pending_residents.map(e=>this.newcomer(e))}
      ${e.length===0?a:c`<courier-access-next
            ?flat=${this.flat} .words=${this.words} .access=${this.access} .building=${this.building}
          ></courier-access-next>`}
      ${this.building.doors.map(e=>this.door(e))} ${e.map(e=>this.unit(e))}
      ${!this.isPausedAsOne&&(this.pauses||this.building.paused_until)?this.whole():a}
    `}get isPausedAsOne(){let e=F(this.building);return this.building.is_one_home&&e.length>0&&!this.compact&&e.every(e=>e.unit_paused_until===null)}whole(){return c`
      <section>
        <div class="pausable">
          <h2>${this.say(`whole`)}</h2>
          ${this.pause(void 0,this.building.paused_until)}
        </div>
      </section>
    `}question(e){let{question:t,couriers:n,door:r,proof:i,waits:o,may_admit:s}=e,l=this.answering.includes(t),u=n.length>1?`notification_ask_ring_several`:`notification_ask_ring`,d=n.map(({name:e})=>e).join(`, `),f=i===`ring`&&o===`nobody`?this.say(`rang`,{courier:d,door:r}):this.words.say(i===`ring`?u:`notification_ask`,{courier:d,door:r});return c`
      <section data-decide="question" role="alert">
        <h2>${f}</h2>
        ${o===`now`?a:c`<p>${this.words.say(`notification_ask_${o}`)}</p>`}
        ${o===`nobody`?a:c`
              <div class="row">
                ${s?this.yeses(e,l):a}
                ${O(this.words.say(`notification_action_decline`),()=>void this.answer(e,!1),{disabled:l})}
              </div>
            `}
      </section>
    `}yeses(e,t){let n=(n,r)=>O(n,()=>void this.answer(e,!0,r),{kind:`main`,disabled:t});return e.couriers.length===1?[n(this.words.say(`notification_action_approve`))]:e.couriers.map(({courier:e,name:t})=>n(this.words.say(`notification_action_approve_courier`,{courier:t}),e))}async answer({question:e,waits:t},n,r){let i=t===`now`?this.say(`question_yes`):this.words.say(`notification_ask_may_return`);if(this.answering.includes(e))return;let{building:a}=this.building;this.answering=[...this.answering,e],await this.act(()=>this.access.answer(a,e,n,r),n?i:this.say(`question_no`)),this.answering=this.answering.filter(t=>t!==e)}undecided(e){return e.consent===`not_given`?this.consent(e):e.has_new_text&&!this.flat?this.newText(e):hn(e)&&!this.flat?this.hours(e):a}consent(e){return c`
      <section data-decide="consent">
        <h2>${this.isOneOfSeveral?this.say(`unit`,{unit:e.unit}):this.words.say(`page_consent`)}</h2>
        <courier-access-consent
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .resident=${e}
          @ca-consent=${t=>this.decideFirst(e,t.detail)}
        ></courier-access-consent>
      </section>
    `}async decideFirst(e,t){this.leading=e.resident,await this.decide(e,t)||(this.leading=``)}newText(e){let{building:t}=this.building;return c`
      <section data-decide="text">
        <h2>${this.words.say(`page_consent_new`)}</h2>
        <p>${this.words.say(`page_consent_new_says`)}</p>
        <courier-access-consent
          bare
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .resident=${e}
        ></courier-access-consent>
        ${O(this.words.say(`page_read_text`),()=>void this.act(()=>this.access.readText(t,e.resident),this.words.say(`page_said_read_text`)),{kind:`main`})}
      </section>
    `}hours(e){let{chosen:t}=this,{resident:n,unit:r}=e;return c`
      <section data-decide="hours" data-resident=${n}>
        <h2>${this.say(`set_hours`)}</h2>
        <p>${this.say(`set_hours_says`)}</p>
        ${this.isOneOfSeveral?c`<p>${this.say(`unit`,{unit:r})}</p>`:a}
        ${on(this.words,dn,t?.resident===n?t.preset:void 0,t=>void this.setHours(e,t))}
        <p>
          <a class="to" href=${L(this.building,`hours`)}>${this.words.say(`page_other_times`)}</a>
        </p>
      </section>
    `}async setHours(e,t){this.chosen||(this.chosen={resident:e.resident,preset:t},await this.decide(e,{windows:ie(ee[t])})||(this.chosen=void 0))}async decide(e,t){let n=new Ht(this.access,this.building.building,e.resident,()=>void 0,e=>this.tell({text:this.words.refusal(e)}));await n.load();let r=await n.change(t);return r&&this.tell(rn(this.words,t,()=>{this.chosen=void 0,n.undo()},e)),r}get isOneOfSeveral(){return F(this.building).length>1}newcomer({name:e,unit:t,resident:n}){let{building:r}=this.building;return c`
      <section data-decide="newcomer">
        <h2>${this.say(`newcomer`,{name:e,unit:t})}</h2>
        <p>${this.say(`newcomer_says`)}</p>
        ${O(this.say(`newcomer_confirm`),()=>void this.act(()=>this.access.confirm(r,n),this.say(`newcomer_done`,{name:e})),{kind:`main`})}
      </section>
    `}door(e){let t=e.lock===null?void 0:this.home.states[e.lock]?.state,n=mn[t??``]??`alert`,r=this.visits.get(e.name);return c`
      <section>
        <div class="door ${n}" data-door=${e.door} data-state=${t??`unavailable`}>
          ${E(n)}
          <div class="grow">
            <h2>${e.name}</h2>
            <p><strong>${this.say(`door_${t!==void 0&&t in mn?t:`unavailable`}`)}</strong></p>
            ${r?c`<p class="soft visit">
                  ${this.say(`last_visit`,{courier:r.courier,time:this.flat?ot(this.words,r.at,Date.now()):this.words.moment(r.at)})}
                </p>`:a}
          </div>
        </div>
        ${e.unasked_rings.map(e=>this.unasked(e))} ${e.codes_off?this.codes(e):a}
      </section>
    `}unasked({rang_at:e,asks_again_at:t}){let n=this.words.moment(e);if(t===null)return Date.parse(e)<=Date.now()-pn?a:c`<p>${this.say(`asked_enough`,{time:n})}</p>`;if(Date.parse(t)<=Date.now())return a;let r=this.words.moment(t);return c`<p>${this.say(`unasked_ring`,{time:n,until:r})}</p>`}codes({door:e}){let t=()=>this.access.turnCodesOn(this.building.building,e);return c`
      <p>${this.say(`codes_off`)}</p>
      ${O(this.say(`turn_codes_on`),()=>void this.act(t,this.say(`codes_on`)))}
    `}saidShut(e){return e.shut===`outside_building_hours`?N(this.words,this.building.hours):G(this.words,e)}unit(e){let{shut:t,asks:n,next_change:r}=e;if(this.compact&&e.unit_paused_until===null)return a;let i=c`
      <div class="status ${t===null&&!n?`good`:``}" data-shut=${t??``}>
        <strong>${this.words.say(t===null?`page_open`:`page_shut`)}</strong>
        ${t===null?a:c`<p>${this.saidShut(e)}</p>`}
        ${n?c`<p>${this.words.say(`panel_pass_asks`)}</p>`:a}
        ${r&&!this.flat?c`<p class="soft">${this.say(`next_change`,{time:this.words.moment(r)})}</p>`:a}
        ${this.flat?a:this.decision(e)}
      </div>
    `;return c`
      <section>
        ${this.flat||this.isPausedAsOne?a:c`<h2>${this.say(`unit`,{unit:e.unit})}</h2>`}
        <div class="pausable">${i} ${this.pauseOf(e)}</div>
        ${e.note===null||this.flat?a:c`<courier-access-driver-note
              .words=${this.words} .access=${this.access} .building=${this.building}
              .unit=${e.unit} .note=${e.note}
            ></courier-access-driver-note>`}
      </section>
    `}decision({consent:e}){return e===`given`||e===`not_given`?a:c`
      <p>${this.words.say(`page_consent_${e}`)}</p>
      <p><a class="to" href=${L(this.building,`hours`)}>${this.say(`change_decision`)}</a></p>
    `}pauseOf(e){return this.isPausedAsOne?this.pause(void 0,this.building.paused_until):e.waits_for_confirmation?a:this.pause(e.unit,e.unit_paused_until)}pause(e,t){return!this.pauses&&t===null?a:c`
      <courier-access-pause ?flat=${this.flat} .home=${this.home}
        .words=${this.words} .access=${this.access} .building=${this.building} .unit=${e} .until=${t}
      ></courier-access-pause>
    `}};g([m({type:Boolean,reflect:!0})],$.prototype,`flat`,void 0),g([m({type:Boolean})],$.prototype,`compact`,void 0),g([m({type:Boolean})],$.prototype,`pauses`,void 0),g([m({type:Number})],$.prototype,`news`,void 0),g([s()],$.prototype,`visits`,void 0),g([s()],$.prototype,`answering`,void 0),g([s()],$.prototype,`chosen`,void 0),$=g([e(`courier-access-now`)],$);function hn(e){return e?.consent===`given`&&!e.has_hours}export{O as $,V as A,$e as B,Et as C,wt as D,Tt as E,pt as F,L as G,Ue as H,ct as I,P as J,I as K,ot as L,ht as M,mt as N,B as O,gt as P,A as Q,R,kt as S,Ot as T,Ge as U,We as V,Ke as W,Ve as X,N as Y,M as Z,It as _,_ as _t,Kt as a,k as at,Mt as b,Xt as c,Ce as ct,Ht as d,Me as dt,De as et,Wt as f,Te as ft,zt as g,y as gt,Pt as h,v as ht,qt as i,Ie as it,_t as j,U as k,G as l,Ee as lt,Bt as m,T as mt,on as n,Ae as nt,Jt as o,Se as ot,Rt as p,E as pt,F as q,Yt as r,Be as rt,rn as s,ze as st,sn as t,je as tt,Gt as u,we as ut,Nt as v,Dt as w,At as x,Lt as y,Qe as z};