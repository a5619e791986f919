import{C as e,D as t,E as n,T as r,k as i,n as a,t as o}from"./following-86071785.js";import{r as s,t as c}from"./card-config-3bf56e8c.js";var l=class extends n{constructor(...e){super(...e),this.following=new o(this)}connectedCallback(){super.connectedCallback(),f()}set hass(e){this.following.home=e}setConfig(e){this.config=e}render(){let{words:e,buildings:n}=this.following,{config:r}=this;return!e||!n||!r?t:i`
      <ha-form
        .hass=${this.following.home}
        .schema=${this.fields(r)}
        .data=${{building:s(r,n)?.building??``,door:r.door??``,title:r.title!==!1}}
        .computeLabel=${t=>u(e,t.name)}
        .computeHelper=${t=>t.name===`door`?e.say(`card_every_door`):``}
        @value-changed=${e=>this.choose(e)}
      ></ha-form>
    `}fields(e){let t=this.following.buildings??[],n=s(e,t)?.doors??[];return[{name:`building`,required:!0,selector:d(t.map(({building:e,name:t})=>({value:e,label:t})))},{name:`door`,selector:d(n.map(({door:e,name:t})=>({value:e,label:t})))},{name:`title`,selector:{boolean:{}}}]}choose(e){e.stopPropagation(),this.config&&(this.config=c(this.config,e.detail.value),this.dispatchEvent(new CustomEvent(`config-changed`,{detail:{config:this.config},bubbles:!0,composed:!0})))}};a([e()],l.prototype,`config`,void 0),l=a([r(`courier-access-card-editor`)],l);function u(e,t){switch(t){case`building`:return e.say(`panel_which_building`);case`door`:return e.say(`csv_door`);case`title`:return e.say(`card_show_title`)}}function d(e){return{select:{mode:`dropdown`,options:e}}}async function f(){customElements.get(`ha-form`)||await((await(await window.loadCardHelpers?.())?.createCardElement({type:`button`}))?.constructor)?.getConfigElement?.()}