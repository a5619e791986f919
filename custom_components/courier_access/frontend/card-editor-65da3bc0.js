import{a as e,i as t,l as n,n as r,o as i,r as a,s as o,t as s}from"./following-f38fbf38.js";import{r as c,t as l}from"./card-config-3bf56e8c.js";var u=class extends i{constructor(...e){super(...e),this.following=new s(this)}connectedCallback(){super.connectedCallback(),p()}setConfig(e){this.config=e}render(){let{words:e,buildings:t}=this.following,{config:r}=this;return!e||!t||!r?o:n`
      <ha-form
        .hass=${this.hass}
        .schema=${this.fields(r)}
        .data=${{building:c(r,t)?.building??``,door:r.door??``,title:r.title!==!1}}
        .computeLabel=${t=>d(e,t.name)}
        .computeHelper=${t=>t.name===`door`?e.say(`card_every_door`):``}
        @value-changed=${e=>this.choose(e)}
      ></ha-form>
    `}fields(e){let t=this.following.buildings??[],n=c(e,t)?.doors??[];return[{name:`building`,required:!0,selector:f(t.map(({building:e,name:t})=>({value:e,label:t})))},{name:`door`,selector:f(n.map(({door:e,name:t})=>({value:e,label:t})))},{name:`title`,selector:{boolean:{}}}]}choose(e){e.stopPropagation(),this.config&&(this.config=l(this.config,e.detail.value),this.dispatchEvent(new CustomEvent(`config-changed`,{detail:{config:this.config},bubbles:!0,composed:!0})))}};r([t({attribute:!1})],u.prototype,`hass`,void 0),r([a()],u.prototype,`config`,void 0),u=r([e(`courier-access-card-editor`)],u);function d(e,t){switch(t){case`building`:return e.say(`panel_which_building`);case`door`:return e.say(`csv_door`);case`title`:return e.say(`card_show_title`)}}function f(e){return{select:{mode:`dropdown`,options:e}}}async function p(){customElements.get(`ha-form`)||await((await(await window.loadCardHelpers?.())?.createCardElement({type:`button`}))?.constructor)?.getConfigElement?.()}