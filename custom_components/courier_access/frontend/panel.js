// node_modules/@lit/reactive-element/css-tag.js
var e = globalThis, t = e.ShadowRoot && (e.ShadyCSS === void 0 || e.ShadyCSS.nativeShadow) && "adoptedStyleSheets" in Document.prototype && "replace" in CSSStyleSheet.prototype, n = Symbol(), r = /* @__PURE__ */ new WeakMap(), i = class {
	constructor(e, t, r) {
		if (this._$cssResult$ = !0, r !== n) throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");
		this.cssText = e, this.t = t;
	}
	get styleSheet() {
		let e = this.o, n = this.t;
		if (t && e === void 0) {
			let t = n !== void 0 && n.length === 1;
			t && (e = r.get(n)), e === void 0 && ((this.o = e = new CSSStyleSheet()).replaceSync(this.cssText), t && r.set(n, e));
		}
		return e;
	}
	toString() {
		return this.cssText;
	}
}, a = (e) => new i(typeof e == "string" ? e : e + "", void 0, n), o = (e, ...t) => new i(e.length === 1 ? e[0] : t.reduce((t, n, r) => t + ((e) => {
	if (!0 === e._$cssResult$) return e.cssText;
	if (typeof e == "number") return e;
	throw Error("Value passed to 'css' function must be a 'css' function result: " + e + ". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.");
})(n) + e[r + 1], e[0]), e, n), s = (n, r) => {
	if (t) n.adoptedStyleSheets = r.map((e) => e instanceof CSSStyleSheet ? e : e.styleSheet);
	else for (let t of r) {
		let r = document.createElement("style"), i = e.litNonce;
		i !== void 0 && r.setAttribute("nonce", i), r.textContent = t.cssText, n.appendChild(r);
	}
}, c = t ? (e) => e : (e) => e instanceof CSSStyleSheet ? ((e) => {
	let t = "";
	for (let n of e.cssRules) t += n.cssText;
	return a(t);
})(e) : e, { is: l, defineProperty: u, getOwnPropertyDescriptor: d, getOwnPropertyNames: f, getOwnPropertySymbols: p, getPrototypeOf: m } = Object, h = globalThis, ee = h.trustedTypes, te = ee ? ee.emptyScript : "", ne = h.reactiveElementPolyfillSupport, g = (e, t) => e, _ = {
	toAttribute(e, t) {
		switch (t) {
			case Boolean:
				e = e ? te : null;
				break;
			case Object:
			case Array: e = e == null ? e : JSON.stringify(e);
		}
		return e;
	},
	fromAttribute(e, t) {
		let n = e;
		switch (t) {
			case Boolean:
				n = e !== null;
				break;
			case Number:
				n = e === null ? null : Number(e);
				break;
			case Object:
			case Array: try {
				n = JSON.parse(e);
			} catch {
				n = null;
			}
		}
		return n;
	}
}, re = (e, t) => !l(e, t), ie = {
	attribute: !0,
	type: String,
	converter: _,
	reflect: !1,
	useDefault: !1,
	hasChanged: re
};
Symbol.metadata ??= Symbol("metadata"), h.litPropertyMetadata ??= /* @__PURE__ */ new WeakMap();
var v = class extends HTMLElement {
	static addInitializer(e) {
		this._$Ei(), (this.l ??= []).push(e);
	}
	static get observedAttributes() {
		return this.finalize(), this._$Eh && [...this._$Eh.keys()];
	}
	static createProperty(e, t = ie) {
		if (t.state && (t.attribute = !1), this._$Ei(), this.prototype.hasOwnProperty(e) && ((t = Object.create(t)).wrapped = !0), this.elementProperties.set(e, t), !t.noAccessor) {
			let n = Symbol(), r = this.getPropertyDescriptor(e, n, t);
			r !== void 0 && u(this.prototype, e, r);
		}
	}
	static getPropertyDescriptor(e, t, n) {
		let { get: r, set: i } = d(this.prototype, e) ?? {
			get() {
				return this[t];
			},
			set(e) {
				this[t] = e;
			}
		};
		return {
			get: r,
			set(t) {
				let a = r?.call(this);
				i?.call(this, t), this.requestUpdate(e, a, n);
			},
			configurable: !0,
			enumerable: !0
		};
	}
	static getPropertyOptions(e) {
		return this.elementProperties.get(e) ?? ie;
	}
	static _$Ei() {
		if (this.hasOwnProperty(g("elementProperties"))) return;
		let e = m(this);
		e.finalize(), e.l !== void 0 && (this.l = [...e.l]), this.elementProperties = new Map(e.elementProperties);
	}
	static finalize() {
		if (this.hasOwnProperty(g("finalized"))) return;
		if (this.finalized = !0, this._$Ei(), this.hasOwnProperty(g("properties"))) {
			let e = this.properties, t = [...f(e), ...p(e)];
			for (let n of t) this.createProperty(n, e[n]);
		}
		let e = this[Symbol.metadata];
		if (e !== null) {
			let t = litPropertyMetadata.get(e);
			if (t !== void 0) for (let [e, n] of t) this.elementProperties.set(e, n);
		}
		this._$Eh = /* @__PURE__ */ new Map();
		for (let [e, t] of this.elementProperties) {
			let n = this._$Eu(e, t);
			n !== void 0 && this._$Eh.set(n, e);
		}
		this.elementStyles = this.finalizeStyles(this.styles);
	}
	static finalizeStyles(e) {
		let t = [];
		if (Array.isArray(e)) {
			let n = new Set(e.flat(1 / 0).reverse());
			for (let e of n) t.unshift(c(e));
		} else e !== void 0 && t.push(c(e));
		return t;
	}
	static _$Eu(e, t) {
		let n = t.attribute;
		return !1 === n ? void 0 : typeof n == "string" ? n : typeof e == "string" ? e.toLowerCase() : void 0;
	}
	constructor() {
		super(), this._$Ep = void 0, this.isUpdatePending = !1, this.hasUpdated = !1, this._$Em = null, this._$Ev();
	}
	_$Ev() {
		this._$ES = new Promise((e) => this.enableUpdating = e), this._$AL = /* @__PURE__ */ new Map(), this._$E_(), this.requestUpdate(), this.constructor.l?.forEach((e) => e(this));
	}
	addController(e) {
		(this._$EO ??= /* @__PURE__ */ new Set()).add(e), this.renderRoot !== void 0 && this.isConnected && e.hostConnected?.();
	}
	removeController(e) {
		this._$EO?.delete(e);
	}
	_$E_() {
		let e = /* @__PURE__ */ new Map(), t = this.constructor.elementProperties;
		for (let n of t.keys()) this.hasOwnProperty(n) && (e.set(n, this[n]), delete this[n]);
		e.size > 0 && (this._$Ep = e);
	}
	createRenderRoot() {
		let e = this.shadowRoot ?? this.attachShadow(this.constructor.shadowRootOptions);
		return s(e, this.constructor.elementStyles), e;
	}
	connectedCallback() {
		this.renderRoot ??= this.createRenderRoot(), this.enableUpdating(!0), this._$EO?.forEach((e) => e.hostConnected?.());
	}
	enableUpdating(e) {}
	disconnectedCallback() {
		this._$EO?.forEach((e) => e.hostDisconnected?.());
	}
	attributeChangedCallback(e, t, n) {
		this._$AK(e, n);
	}
	_$ET(e, t) {
		let n = this.constructor.elementProperties.get(e), r = this.constructor._$Eu(e, n);
		if (r !== void 0 && !0 === n.reflect) {
			let i = (n.converter?.toAttribute === void 0 ? _ : n.converter).toAttribute(t, n.type);
			this._$Em = e, i == null ? this.removeAttribute(r) : this.setAttribute(r, i), this._$Em = null;
		}
	}
	_$AK(e, t) {
		let n = this.constructor, r = n._$Eh.get(e);
		if (r !== void 0 && this._$Em !== r) {
			let e = n.getPropertyOptions(r), i = typeof e.converter == "function" ? { fromAttribute: e.converter } : e.converter?.fromAttribute === void 0 ? _ : e.converter;
			this._$Em = r;
			let a = i.fromAttribute(t, e.type);
			this[r] = a ?? this._$Ej?.get(r) ?? a, this._$Em = null;
		}
	}
	requestUpdate(e, t, n, r = !1, i) {
		if (e !== void 0) {
			let a = this.constructor;
			if (!1 === r && (i = this[e]), n ??= a.getPropertyOptions(e), !((n.hasChanged ?? re)(i, t) || n.useDefault && n.reflect && i === this._$Ej?.get(e) && !this.hasAttribute(a._$Eu(e, n)))) return;
			this.C(e, t, n);
		}
		!1 === this.isUpdatePending && (this._$ES = this._$EP());
	}
	C(e, t, { useDefault: n, reflect: r, wrapped: i }, a) {
		n && !(this._$Ej ??= /* @__PURE__ */ new Map()).has(e) && (this._$Ej.set(e, a ?? t ?? this[e]), !0 !== i || a !== void 0) || (this._$AL.has(e) || (this.hasUpdated || n || (t = void 0), this._$AL.set(e, t)), !0 === r && this._$Em !== e && (this._$Eq ??= /* @__PURE__ */ new Set()).add(e));
	}
	async _$EP() {
		this.isUpdatePending = !0;
		try {
			await this._$ES;
		} catch (e) {
			Promise.reject(e);
		}
		let e = this.scheduleUpdate();
		return e != null && await e, !this.isUpdatePending;
	}
	scheduleUpdate() {
		return this.performUpdate();
	}
	performUpdate() {
		if (!this.isUpdatePending) return;
		if (!this.hasUpdated) {
			if (this.renderRoot ??= this.createRenderRoot(), this._$Ep) {
				for (let [e, t] of this._$Ep) this[e] = t;
				this._$Ep = void 0;
			}
			let e = this.constructor.elementProperties;
			if (e.size > 0) for (let [t, n] of e) {
				let { wrapped: e } = n, r = this[t];
				!0 !== e || this._$AL.has(t) || r === void 0 || this.C(t, void 0, n, r);
			}
		}
		let e = !1, t = this._$AL;
		try {
			e = this.shouldUpdate(t), e ? (this.willUpdate(t), this._$EO?.forEach((e) => e.hostUpdate?.()), this.update(t)) : this._$EM();
		} catch (t) {
			throw e = !1, this._$EM(), t;
		}
		e && this._$AE(t);
	}
	willUpdate(e) {}
	_$AE(e) {
		this._$EO?.forEach((e) => e.hostUpdated?.()), this.hasUpdated || (this.hasUpdated = !0, this.firstUpdated(e)), this.updated(e);
	}
	_$EM() {
		this._$AL = /* @__PURE__ */ new Map(), this.isUpdatePending = !1;
	}
	get updateComplete() {
		return this.getUpdateComplete();
	}
	getUpdateComplete() {
		return this._$ES;
	}
	shouldUpdate(e) {
		return !0;
	}
	update(e) {
		this._$Eq &&= this._$Eq.forEach((e) => this._$ET(e, this[e])), this._$EM();
	}
	updated(e) {}
	firstUpdated(e) {}
};
v.elementStyles = [], v.shadowRootOptions = { mode: "open" }, v[g("elementProperties")] = /* @__PURE__ */ new Map(), v[g("finalized")] = /* @__PURE__ */ new Map(), ne?.({ ReactiveElement: v }), (h.reactiveElementVersions ??= []).push("2.1.2");
// node_modules/lit-html/lit-html.js
var ae = globalThis, oe = (e) => e, y = ae.trustedTypes, se = y ? y.createPolicy("lit-html", { createHTML: (e) => e }) : void 0, ce = "$lit$", b = `lit$${Math.random().toFixed(9).slice(2)}$`, le = "?" + b, ue = `<${le}>`, x = document, S = () => x.createComment(""), C = (e) => e === null || typeof e != "object" && typeof e != "function", de = Array.isArray, fe = (e) => de(e) || typeof e?.[Symbol.iterator] == "function", pe = "[ 	\n\f\r]", w = /<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g, me = /-->/g, he = />/g, T = RegExp(`>|${pe}(?:([^\\s"'>=/]+)(${pe}*=${pe}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`, "g"), ge = /'/g, _e = /"/g, ve = /^(?:script|style|textarea|title)$/i, E = ((e) => (t, ...n) => ({
	_$litType$: e,
	strings: t,
	values: n
}))(1), D = Symbol.for("lit-noChange"), O = Symbol.for("lit-nothing"), ye = /* @__PURE__ */ new WeakMap(), k = x.createTreeWalker(x, 129);
function be(e, t) {
	if (!de(e) || !e.hasOwnProperty("raw")) throw Error("invalid template strings array");
	return se === void 0 ? t : se.createHTML(t);
}
var xe = (e, t) => {
	let n = e.length - 1, r = [], i, a = t === 2 ? "<svg>" : t === 3 ? "<math>" : "", o = w;
	for (let t = 0; t < n; t++) {
		let n = e[t], s, c, l = -1, u = 0;
		for (; u < n.length && (o.lastIndex = u, c = o.exec(n), c !== null);) u = o.lastIndex, o === w ? c[1] === "!--" ? o = me : c[1] === void 0 ? c[2] === void 0 ? c[3] !== void 0 && (o = T) : (ve.test(c[2]) && (i = RegExp("</" + c[2], "g")), o = T) : o = he : o === T ? c[0] === ">" ? (o = i ?? w, l = -1) : c[1] === void 0 ? l = -2 : (l = o.lastIndex - c[2].length, s = c[1], o = c[3] === void 0 ? T : c[3] === "\"" ? _e : ge) : o === _e || o === ge ? o = T : o === me || o === he ? o = w : (o = T, i = void 0);
		let d = o === T && e[t + 1].startsWith("/>") ? " " : "";
		a += o === w ? n + ue : l >= 0 ? (r.push(s), n.slice(0, l) + ce + n.slice(l) + b + d) : n + b + (l === -2 ? t : d);
	}
	return [be(e, a + (e[n] || "<?>") + (t === 2 ? "</svg>" : t === 3 ? "</math>" : "")), r];
}, Se = class e {
	constructor({ strings: t, _$litType$: n }, r) {
		let i;
		this.parts = [];
		let a = 0, o = 0, s = t.length - 1, c = this.parts, [l, u] = xe(t, n);
		if (this.el = e.createElement(l, r), k.currentNode = this.el.content, n === 2 || n === 3) {
			let e = this.el.content.firstChild;
			e.replaceWith(...e.childNodes);
		}
		for (; (i = k.nextNode()) !== null && c.length < s;) {
			if (i.nodeType === 1) {
				if (i.hasAttributes()) for (let e of i.getAttributeNames()) if (e.endsWith(ce)) {
					let t = u[o++], n = i.getAttribute(e).split(b), r = /([.?@])?(.*)/.exec(t);
					c.push({
						type: 1,
						index: a,
						name: r[2],
						strings: n,
						ctor: r[1] === "." ? we : r[1] === "?" ? Te : r[1] === "@" ? Ee : M
					}), i.removeAttribute(e);
				} else e.startsWith(b) && (c.push({
					type: 6,
					index: a
				}), i.removeAttribute(e));
				if (ve.test(i.tagName)) {
					let e = i.textContent.split(b), t = e.length - 1;
					if (t > 0) {
						i.textContent = y ? y.emptyScript : "";
						for (let n = 0; n < t; n++) i.append(e[n], S()), k.nextNode(), c.push({
							type: 2,
							index: ++a
						});
						i.append(e[t], S());
					}
				}
			} else if (i.nodeType === 8) {
				if (i.data === le) c.push({
					type: 2,
					index: a
				});
				else {
					let e = -1;
					for (; (e = i.data.indexOf(b, e + 1)) !== -1;) c.push({
						type: 7,
						index: a
					}), e += b.length - 1;
				}
			}
			a++;
		}
	}
	static createElement(e, t) {
		let n = x.createElement("template");
		return n.innerHTML = e, n;
	}
};
function A(e, t, n = e, r) {
	if (t === D) return t;
	let i = r === void 0 ? n._$Cl : n._$Co?.[r], a = C(t) ? void 0 : t._$litDirective$;
	return i?.constructor !== a && (i?._$AO?.(!1), a === void 0 ? i = void 0 : (i = new a(e), i._$AT(e, n, r)), r === void 0 ? n._$Cl = i : (n._$Co ??= [])[r] = i), i !== void 0 && (t = A(e, i._$AS(e, t.values), i, r)), t;
}
var Ce = class {
	constructor(e, t) {
		this._$AV = [], this._$AN = void 0, this._$AD = e, this._$AM = t;
	}
	get parentNode() {
		return this._$AM.parentNode;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	u(e) {
		let { el: { content: t }, parts: n } = this._$AD, r = (e?.creationScope ?? x).importNode(t, !0);
		k.currentNode = r;
		let i = k.nextNode(), a = 0, o = 0, s = n[0];
		for (; s !== void 0;) {
			if (a === s.index) {
				let t;
				s.type === 2 ? t = new j(i, i.nextSibling, this, e) : s.type === 1 ? t = new s.ctor(i, s.name, s.strings, this, e) : s.type === 6 && (t = new De(i, this, e)), this._$AV.push(t), s = n[++o];
			}
			a !== s?.index && (i = k.nextNode(), a++);
		}
		return k.currentNode = x, r;
	}
	p(e) {
		let t = 0;
		for (let n of this._$AV) n !== void 0 && (n.strings === void 0 ? n._$AI(e[t]) : (n._$AI(e, n, t), t += n.strings.length - 2)), t++;
	}
}, j = class e {
	get _$AU() {
		return this._$AM?._$AU ?? this._$Cv;
	}
	constructor(e, t, n, r) {
		this.type = 2, this._$AH = O, this._$AN = void 0, this._$AA = e, this._$AB = t, this._$AM = n, this.options = r, this._$Cv = r?.isConnected ?? !0;
	}
	get parentNode() {
		let e = this._$AA.parentNode, t = this._$AM;
		return t !== void 0 && e?.nodeType === 11 && (e = t.parentNode), e;
	}
	get startNode() {
		return this._$AA;
	}
	get endNode() {
		return this._$AB;
	}
	_$AI(e, t = this) {
		e = A(this, e, t), C(e) ? e === O || e == null || e === "" ? (this._$AH !== O && this._$AR(), this._$AH = O) : e !== this._$AH && e !== D && this._(e) : e._$litType$ === void 0 ? e.nodeType === void 0 ? fe(e) ? this.k(e) : this._(e) : this.T(e) : this.$(e);
	}
	O(e) {
		return this._$AA.parentNode.insertBefore(e, this._$AB);
	}
	T(e) {
		this._$AH !== e && (this._$AR(), this._$AH = this.O(e));
	}
	_(e) {
		this._$AH !== O && C(this._$AH) ? this._$AA.nextSibling.data = e : this.T(x.createTextNode(e)), this._$AH = e;
	}
	$(e) {
		let { values: t, _$litType$: n } = e, r = typeof n == "number" ? this._$AC(e) : (n.el === void 0 && (n.el = Se.createElement(be(n.h, n.h[0]), this.options)), n);
		if (this._$AH?._$AD === r) this._$AH.p(t);
		else {
			let e = new Ce(r, this), n = e.u(this.options);
			e.p(t), this.T(n), this._$AH = e;
		}
	}
	_$AC(e) {
		let t = ye.get(e.strings);
		return t === void 0 && ye.set(e.strings, t = new Se(e)), t;
	}
	k(t) {
		de(this._$AH) || (this._$AH = [], this._$AR());
		let n = this._$AH, r, i = 0;
		for (let a of t) i === n.length ? n.push(r = new e(this.O(S()), this.O(S()), this, this.options)) : r = n[i], r._$AI(a), i++;
		i < n.length && (this._$AR(r && r._$AB.nextSibling, i), n.length = i);
	}
	_$AR(e = this._$AA.nextSibling, t) {
		for (this._$AP?.(!1, !0, t); e !== this._$AB;) {
			let t = oe(e).nextSibling;
			oe(e).remove(), e = t;
		}
	}
	setConnected(e) {
		this._$AM === void 0 && (this._$Cv = e, this._$AP?.(e));
	}
}, M = class {
	get tagName() {
		return this.element.tagName;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	constructor(e, t, n, r, i) {
		this.type = 1, this._$AH = O, this._$AN = void 0, this.element = e, this.name = t, this._$AM = r, this.options = i, n.length > 2 || n[0] !== "" || n[1] !== "" ? (this._$AH = Array(n.length - 1).fill(/* @__PURE__ */ new String()), this.strings = n) : this._$AH = O;
	}
	_$AI(e, t = this, n, r) {
		let i = this.strings, a = !1;
		if (i === void 0) e = A(this, e, t, 0), a = !C(e) || e !== this._$AH && e !== D, a && (this._$AH = e);
		else {
			let r = e, o, s;
			for (e = i[0], o = 0; o < i.length - 1; o++) s = A(this, r[n + o], t, o), s === D && (s = this._$AH[o]), a ||= !C(s) || s !== this._$AH[o], s === O ? e = O : e !== O && (e += (s ?? "") + i[o + 1]), this._$AH[o] = s;
		}
		a && !r && this.j(e);
	}
	j(e) {
		e === O ? this.element.removeAttribute(this.name) : this.element.setAttribute(this.name, e ?? "");
	}
}, we = class extends M {
	constructor() {
		super(...arguments), this.type = 3;
	}
	j(e) {
		this.element[this.name] = e === O ? void 0 : e;
	}
}, Te = class extends M {
	constructor() {
		super(...arguments), this.type = 4;
	}
	j(e) {
		this.element.toggleAttribute(this.name, !!e && e !== O);
	}
}, Ee = class extends M {
	constructor(e, t, n, r, i) {
		super(e, t, n, r, i), this.type = 5;
	}
	_$AI(e, t = this) {
		if ((e = A(this, e, t, 0) ?? O) === D) return;
		let n = this._$AH, r = e === O && n !== O || e.capture !== n.capture || e.once !== n.once || e.passive !== n.passive, i = e !== O && (n === O || r);
		r && this.element.removeEventListener(this.name, this, n), i && this.element.addEventListener(this.name, this, e), this._$AH = e;
	}
	handleEvent(e) {
		typeof this._$AH == "function" ? this._$AH.call(this.options?.host ?? this.element, e) : this._$AH.handleEvent(e);
	}
}, De = class {
	constructor(e, t, n) {
		this.element = e, this.type = 6, this._$AN = void 0, this._$AM = t, this.options = n;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	_$AI(e) {
		A(this, e);
	}
}, Oe = {
	M: ce,
	P: b,
	A: le,
	C: 1,
	L: xe,
	R: Ce,
	D: fe,
	V: A,
	I: j,
	H: M,
	N: Te,
	U: Ee,
	B: we,
	F: De
}, ke = ae.litHtmlPolyfillSupport;
ke?.(Se, j), (ae.litHtmlVersions ??= []).push("3.3.3");
var Ae = (e, t, n) => {
	let r = n?.renderBefore ?? t, i = r._$litPart$;
	if (i === void 0) {
		let e = n?.renderBefore ?? null;
		r._$litPart$ = i = new j(t.insertBefore(S(), e), e, void 0, n ?? {});
	}
	return i._$AI(e), i;
}, je = globalThis, N = class extends v {
	constructor() {
		super(...arguments), this.renderOptions = { host: this }, this._$Do = void 0;
	}
	createRenderRoot() {
		let e = super.createRenderRoot();
		return this.renderOptions.renderBefore ??= e.firstChild, e;
	}
	update(e) {
		let t = this.render();
		this.hasUpdated || (this.renderOptions.isConnected = this.isConnected), super.update(e), this._$Do = Ae(t, this.renderRoot, this.renderOptions);
	}
	connectedCallback() {
		super.connectedCallback(), this._$Do?.setConnected(!0);
	}
	disconnectedCallback() {
		super.disconnectedCallback(), this._$Do?.setConnected(!1);
	}
	render() {
		return D;
	}
};
N._$litElement$ = !0, N.finalized = !0, je.litElementHydrateSupport?.({ LitElement: N });
var Me = je.litElementPolyfillSupport;
Me?.({ LitElement: N }), (je.litElementVersions ??= []).push("4.2.2");
// node_modules/@lit/reactive-element/decorators/custom-element.js
var P = (e) => (t, n) => {
	n === void 0 ? customElements.define(e, t) : n.addInitializer(() => {
		customElements.define(e, t);
	});
}, Ne = {
	attribute: !0,
	type: String,
	converter: _,
	reflect: !1,
	hasChanged: re
}, Pe = (e = Ne, t, n) => {
	let { kind: r, metadata: i } = n, a = globalThis.litPropertyMetadata.get(i);
	if (a === void 0 && globalThis.litPropertyMetadata.set(i, a = /* @__PURE__ */ new Map()), r === "setter" && ((e = Object.create(e)).wrapped = !0), a.set(n.name, e), r === "accessor") {
		let { name: r } = n;
		return {
			set(n) {
				let i = t.get.call(this);
				t.set.call(this, n), this.requestUpdate(r, i, e, !0, n);
			},
			init(t) {
				return t !== void 0 && this.C(r, void 0, e, t), t;
			}
		};
	}
	if (r === "setter") {
		let { name: r } = n;
		return function(n) {
			let i = this[r];
			t.call(this, n), this.requestUpdate(r, i, e, !0, n);
		};
	}
	throw Error("Unsupported decorator location: " + r);
};
function F(e) {
	return (t, n) => typeof n == "object" ? Pe(e, t, n) : ((e, t, n) => {
		let r = t.hasOwnProperty(n);
		return t.constructor.createProperty(n, e), r ? Object.getOwnPropertyDescriptor(t, n) : void 0;
	})(e, t, n);
}
// node_modules/@lit/reactive-element/decorators/state.js
function I(e) {
	return F({
		...e,
		state: !0,
		attribute: !1
	});
}
// src/style.ts
var L = o`
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
`;
// \0@oxc-project+runtime@0.156.0/helpers/esm/decorate.js
function R(e, t, n, r) {
	var i = arguments.length, a = i < 3 ? t : r === null ? r = Object.getOwnPropertyDescriptor(t, n) : r, o;
	if (typeof Reflect == "object" && typeof Reflect.decorate == "function") a = Reflect.decorate(e, t, n, r);
	else for (var s = e.length - 1; s >= 0; s--) (o = e[s]) && (a = (i < 3 ? o(a) : i > 3 ? o(t, n, a) : o(t, n)) || a);
	return i > 3 && a && Object.defineProperty(t, n, a), a;
}
// src/view.ts
var z = class extends N {
	static {
		this.styles = L;
	}
	say(e, t) {
		return this.words.say(`panel_${e}`, t);
	}
	get mine() {
		return this.building.residents.filter((e) => e.is_me);
	}
	tell(e) {
		this.dispatchEvent(new CustomEvent("ca-told", {
			detail: e,
			bubbles: !0,
			composed: !0
		}));
	}
	async act(e, t) {
		try {
			return await e(), t && this.tell({ text: t }), !0;
		} catch (e) {
			return this.tell({ text: this.words.refusal(e) }), !1;
		}
	}
};
R([F({ attribute: !1 })], z.prototype, "home", void 0), R([F({ attribute: !1 })], z.prototype, "words", void 0), R([F({ attribute: !1 })], z.prototype, "access", void 0), R([F({ attribute: !1 })], z.prototype, "building", void 0);
// src/deliveries.ts
var Fe = class extends z {
	render() {
		let e = this.building.expected;
		return E`
      <section>
        <h2>${this.words.say("page_expected")}</h2>
        <p class="soft">${this.say("expected_says")}</p>
        ${e.length === 0 ? E`<p>${this.say("expected_none")}</p>` : E`<ul>
              ${e.map((e) => this.delivery(e))}
            </ul>`}
      </section>
    `;
	}
	delivery(e) {
		return E`
      <li>
        <p>
          <strong>${this.words.say("page_at", {
			courier: e.courier,
			door: e.door
		})}</strong>
        </p>
        <p>${this.words.span(e.starts_at, e.ends_at)}</p>
        ${e.units ? E`<p>${e.units.map((e) => this.words.say("notice_unit", { unit: e })).join(" ")}</p>` : E`<p class="soft">${this.say("expected_others")}</p>`}
        ${e.parcel_ref ? E`<p>${this.words.say("notice_parcel", { parcel: e.parcel_ref })}</p>` : O}
        ${e.entries_left === void 0 ? O : E`<p class="soft">${this.say("entries_left", { count: e.entries_left })}</p>`}
        ${e.units ? this.veto(e) : O}
      </li>
    `;
	}
	veto(e) {
		let t = `${e.courier_id} ${e.grant_id}`;
		return this.asked === t ? E`<p role="alert">${this.say("veto_sure")}</p>
          <div class="row">
            <button class="stop" @click=${() => this.forbid(e)}>${this.say("veto_yes")}</button>
            <button @click=${() => this.asked = void 0}>${this.say("cancel")}</button>
          </div>` : E`<button class="stop" @click=${() => this.asked = t}>${this.words.say("page_veto")}</button>`;
	}
	async forbid(e) {
		let { courier_id: t, grant_id: n, units: r } = e;
		if (this.asked = void 0, t !== void 0 && n !== void 0) {
			for (let e of r ?? []) if (!await this.act(() => this.access.veto(this.building.building, t, n, e), this.words.say("page_said_veto"))) return;
		}
	}
};
R([I()], Fe.prototype, "asked", void 0), Fe = R([P("courier-access-deliveries")], Fe);
// node_modules/lit-html/directive.js
var Ie = {
	ATTRIBUTE: 1,
	CHILD: 2,
	PROPERTY: 3,
	BOOLEAN_ATTRIBUTE: 4,
	EVENT: 5,
	ELEMENT: 6
}, Le = (e) => (...t) => ({
	_$litDirective$: e,
	values: t
}), Re = class {
	constructor(e) {}
	get _$AU() {
		return this._$AM._$AU;
	}
	_$AT(e, t, n) {
		this._$Ct = e, this._$AM = t, this._$Ci = n;
	}
	_$AS(e, t) {
		return this.update(e, t);
	}
	update(e, t) {
		return this.render(...t);
	}
}, { I: ze } = Oe, Be = (e) => e, Ve = () => document.createComment(""), B = (e, t, n) => {
	let r = e._$AA.parentNode, i = t === void 0 ? e._$AB : t._$AA;
	if (n === void 0) n = new ze(r.insertBefore(Ve(), i), r.insertBefore(Ve(), i), e, e.options);
	else {
		let t = n._$AB.nextSibling, a = n._$AM, o = a !== e;
		if (o) {
			let t;
			n._$AQ?.(e), n._$AM = e, n._$AP !== void 0 && (t = e._$AU) !== a._$AU && n._$AP(t);
		}
		if (t !== i || o) {
			let e = n._$AA;
			for (; e !== t;) {
				let t = Be(e).nextSibling;
				Be(r).insertBefore(e, i), e = t;
			}
		}
	}
	return n;
}, V = (e, t, n = e) => (e._$AI(t, n), e), He = {}, Ue = (e, t = He) => e._$AH = t, We = (e) => e._$AH, Ge = (e) => {
	e._$AR(), e._$AA.remove();
}, Ke = (e, t, n) => {
	let r = /* @__PURE__ */ new Map();
	for (let i = t; i <= n; i++) r.set(e[i], i);
	return r;
}, qe = Le(class extends Re {
	constructor(e) {
		if (super(e), e.type !== Ie.CHILD) throw Error("repeat() can only be used in text expressions");
	}
	dt(e, t, n) {
		let r;
		n === void 0 ? n = t : t !== void 0 && (r = t);
		let i = [], a = [], o = 0;
		for (let t of e) i[o] = r ? r(t, o) : o, a[o] = n(t, o), o++;
		return {
			values: a,
			keys: i
		};
	}
	render(e, t, n) {
		return this.dt(e, t, n).values;
	}
	update(e, [t, n, r]) {
		let i = We(e), { values: a, keys: o } = this.dt(t, n, r);
		if (!Array.isArray(i)) return this.ut = o, a;
		let s = this.ut ??= [], c = [], l, u, d = 0, f = i.length - 1, p = 0, m = a.length - 1;
		for (; d <= f && p <= m;) if (i[d] === null) d++;
		else if (i[f] === null) f--;
		else if (s[d] === o[p]) c[p] = V(i[d], a[p]), d++, p++;
		else if (s[f] === o[m]) c[m] = V(i[f], a[m]), f--, m--;
		else if (s[d] === o[m]) c[m] = V(i[d], a[m]), B(e, c[m + 1], i[d]), d++, m--;
		else if (s[f] === o[p]) c[p] = V(i[f], a[p]), B(e, i[d], i[f]), f--, p++;
		else if (l === void 0 && (l = Ke(o, p, m), u = Ke(s, d, f)), l.has(s[d])) {
			if (l.has(s[f])) {
				let t = u.get(o[p]), n = t === void 0 ? null : i[t];
				if (n === null) {
					let t = B(e, i[d]);
					V(t, a[p]), c[p] = t;
				} else c[p] = V(n, a[p]), B(e, i[d], n), i[t] = null;
				p++;
			} else Ge(i[f]), f--;
		} else Ge(i[d]), d++;
		for (; p <= m;) {
			let t = B(e, c[m + 1]);
			V(t, a[p]), c[p++] = t;
		}
		for (; d <= f;) {
			let e = i[d++];
			e !== null && Ge(e);
		}
		return this.ut = o, Ue(e, c), D;
	}
}), Je = 500, H = class extends z {
	constructor(...e) {
		super(...e), this.busy = !1;
	}
	render() {
		return E`
      <section>
        <h2>${this.words.say("page_check")}</h2>
        <p>${this.words.say("page_check_says")}</p>
        <label for="notice">${this.words.say("page_check_notice")}</label>
        <textarea id="notice" rows="2" autocomplete="off"></textarea>
        <button class="main" ?disabled=${this.busy} @click=${() => this.check()}>
          ${this.words.say("page_check_button")}
        </button>
        <div role="status">${this.found ? this.answer(this.found) : ""}</div>
      </section>
      <section>
        <h2>${this.words.say("page_take")}</h2>
        <p>${this.words.say("page_erased_after", { days: this.building.retention_days })}</p>
        <div class="row">
          ${[
			["page_take_entries_link", () => this.takeSheet()],
			["page_take_link", () => this.takeRecord()],
			["page_take_verifier_link", () => this.takeVerifier()]
		].map(([e, t]) => E`<button ?disabled=${this.busy} @click=${() => this.working(t)}>
                ${this.words.say(e)}
              </button>`)}
        </div>
      </section>
    `;
	}
	answer(e) {
		return E`
      <p class="status ${e.intact ? "good" : "bad"}">
        ${e.intact ? this.words.say("page_checked_intact", { count: e.records }) : this.words.say("page_checked_broken", { record: e.broken_at ?? 0 })}
      </p>
      ${e.notices ? e.notices.map(({ record: e, standing: t }) => E`
              <p class="status ${t === "unchanged" ? "good" : "bad"}">
                ${this.words.say(`page_standing_${t}`, { record: e })}
              </p>
            `) : E`<p class="soft">${this.words.say("page_checked_alone")}</p>`}
    `;
	}
	async check() {
		let e = this.renderRoot.querySelector("textarea");
		await this.working(async () => {
			this.found = void 0, this.found = await this.access.verify(this.building.building, e?.value.trim() ?? "");
		});
	}
	async takeSheet() {
		let e = [], t;
		do {
			let n = await this.access.sheet(this.building.building, this.words.language, t);
			e.push(n.csv), t = n.next ?? void 0;
		} while (t !== void 0);
		Ye("courier-access.csv", "text/csv", e);
	}
	async takeRecord() {
		let { building: e, name: t } = this.building, n = await this.access.records(e, 0), r = n.head.record, i = [], a = r + 1;
		for (; a !== null;) {
			let t = await this.access.entries(e, {
				limit: Je,
				before: a
			});
			i.push(...t.entries), a = t.next;
		}
		let o = [...n.records];
		for (; n.next !== null;) n = await this.access.records(e, n.next), o.push(...n.records);
		let s = {
			about: this.words.say("page_take_says"),
			building: t,
			exported_at: (/* @__PURE__ */ new Date()).toISOString(),
			entries_up_to: r,
			entries: i,
			records: o,
			head: n.head
		};
		Ye("courier-access.json", "application/json", [JSON.stringify(s, null, 1)]);
	}
	async takeVerifier() {
		let { name: e, program: t } = await this.access.verifier(this.building.building);
		Ye(e, "text/x-python", [t]);
	}
	async working(e) {
		this.busy = !0, await this.act(e), this.busy = !1;
	}
};
R([I()], H.prototype, "found", void 0), R([I()], H.prototype, "busy", void 0), H = R([P("courier-access-record")], H);
function Ye(e, t, n) {
	let r = URL.createObjectURL(new Blob(n, { type: t })), i = document.createElement("a");
	i.href = r, i.download = e, i.click(), URL.revokeObjectURL(r);
}
// src/entries.ts
var Xe = 50, U = class extends z {
	constructor(...e) {
		super(...e), this.news = 0, this.next = null, this.courier = "", this.decision = "", this.asked = 0;
	}
	static {
		this.styles = [z.styles, o`
      li {
        content-visibility: auto;
        contain-intrinsic-size: auto 84px;
      }
      summary {
        cursor: pointer;
      }
    `];
	}
	connectedCallback() {
		super.connectedCallback(), this.seen = new IntersectionObserver((e) => {
			e.some((e) => e.isIntersecting) && this.more();
		});
	}
	disconnectedCallback() {
		super.disconnectedCallback(), this.seen?.disconnect();
	}
	willUpdate(e) {
		let t = e.get("building");
		t !== void 0 && t.building !== this.building.building ? this.begin() : e.has("news") && this.renew();
	}
	updated() {
		let e = this.renderRoot.querySelector("#more");
		this.seen?.disconnect(), e && this.seen?.observe(e);
	}
	render() {
		return E`
      <section>
        <h2>${this.words.say("page_came")}</h2>
        <p class="soft">${this.say("came_says", { days: this.building.retention_days })}</p>
        <div class="row" role="search">
          <label
            >${this.words.say("csv_courier")}
            <select @change=${(e) => this.filter({ courier: Ze(e) })}>
              <option value="">${this.say("all")}</option>
              ${this.building.couriers.map(({ courier: e, name: t }) => E`<option value=${e} .selected=${e === this.courier}>${t}</option>`)}
            </select>
          </label>
          <label
            >${this.words.say("csv_decision")}
            <select @change=${(e) => this.filter({ decision: Ze(e) })}>
              <option value="">${this.say("all")}</option>
              ${["admitted", "refused"].map((e) => E`<option value=${e} .selected=${e === this.decision}>
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
    `;
	}
	list() {
		return this.entries === void 0 ? E`<p role="status">${this.say("loading")}</p>` : this.entries.length === 0 ? E`<p>${this.words.say("page_came_none")}</p>` : E`
      <ul aria-live="polite" aria-relevant="additions">
        ${qe(this.entries, (e) => e.record, (e) => this.entry(e))}
      </ul>
      ${this.next === null ? O : E`<button id="more" @click=${() => this.more()}>${this.say("more")}</button>`}
    `;
	}
	entry(e) {
		return E`
      <li data-record=${e.record}>
        <details>
          <summary>
            ${this.words.say(`notice_${Qe(e)}`, {
			courier: e.courier,
			door: e.door,
			time: this.words.moment(e.at)
		})}
            ${e.units?.length ? E`<strong>${e.units.map((e) => this.words.say("notice_unit", { unit: e })).join(" ")}</strong>` : O}
          </summary>
          ${e.decision === "refused" ? E`<p>${this.words.say(`notice_reason_${e.reason}`)}</p>` : O}
          ${e.parcel_ref ? E`<p>${this.words.say("notice_parcel", { parcel: e.parcel_ref })}</p>` : O}
          ${e.driver_ref ? E`<p>${this.words.say("csv_driver")}: ${e.driver_ref}</p>` : O}
          ${e.details_erased ? E`<p class="soft">${this.words.say("page_erased")}</p>` : O}
          ${e.repeats > 0 ? E`<p>${this.words.say("page_repeats", { count: e.repeats })}</p>` : O}
          ${e.completed_at ? E`<p>${this.say("completed", { time: this.words.moment(e.completed_at) })}</p>` : O}
          ${e.notices?.map((e) => E`<p class="soft">${e.resident ?? "–"}: ${this.say(`notice_${e.state}`)}</p>`)}
          <p class="soft">${this.words.say("csv_record")} ${e.record}</p>
        </details>
      </li>
    `;
	}
	filter(e) {
		this.courier = e.courier ?? this.courier, this.decision = e.decision ?? this.decision, this.begin();
	}
	begin() {
		this.entries = void 0, this.next = null, this.renew();
	}
	async renew() {
		await this.take(async () => {
			let e = await this.access.entries(this.building.building, this.wanted()), t = e.entries.at(-1)?.record ?? 0, n = (this.entries ?? []).filter((e) => e.record < t);
			return n.length ? [[...e.entries, ...n], this.next] : [e.entries, e.next];
		});
	}
	async more() {
		let e = this.next;
		e !== null && await this.take(async () => {
			let t = await this.access.entries(this.building.building, this.wanted(e));
			return [[...this.entries ?? [], ...t.entries.filter((t) => t.record < e)], t.next];
		});
	}
	async take(e) {
		let t = ++this.asked;
		try {
			let [n, r] = await e();
			t === this.asked && ([this.entries, this.next] = [n, r]);
		} catch (e) {
			this.tell({ text: this.words.refusal(e) });
		}
	}
	wanted(e) {
		return {
			limit: Xe,
			...e !== void 0 && { before: e },
			...this.courier && { courier: this.courier },
			...this.decision && { decision: this.decision }
		};
	}
};
R([F({ type: Number })], U.prototype, "news", void 0), R([I()], U.prototype, "entries", void 0), R([I()], U.prototype, "next", void 0), R([I()], U.prototype, "courier", void 0), R([I()], U.prototype, "decision", void 0), U = R([P("courier-access-entries")], U);
function Ze(e) {
	return e.target.value;
}
function Qe(e) {
	return e.decision === "refused" ? "refused" : e.outcome === null ? "admitted" : `admitted_${e.outcome}`;
}
// src/days.ts
var $e = 864e5;
function W(e, t) {
	return new Date(Date.parse(`${e}T00:00:00Z`) + t * $e).toISOString().slice(0, 10);
}
var et = (e) => !e.windows?.length, G = (e) => e.to ?? e.from;
function tt(e, t) {
	return e.find((e) => e.from <= t && t <= G(e));
}
function nt(e, t) {
	return e.flatMap((e) => t < e.from || G(e) < t ? [e] : [...e.from < t ? [{
		...e,
		to: W(t, -1)
	}] : [], ...t < G(e) ? [{
		...e,
		from: W(t, 1),
		to: G(e)
	}] : []]);
}
function rt(e, t) {
	let n = [...e];
	for (let e = t.from; e <= G(t); e = W(e, 1)) n = nt(n, e);
	let r = [...n, {
		...t,
		to: G(t)
	}].sort((e, t) => e.from < t.from ? -1 : 1), i = [];
	for (let e of r) {
		let t = i.at(-1);
		t && et(t) && et(e) && W(G(t), 1) === e.from ? t.to = G(e) : i.push({ ...e });
	}
	return i;
}
function it(e, t) {
	return tt(e, t) ? nt(e, t) : rt(e, {
		from: t,
		to: t
	});
}
function at(e, t) {
	let n = `${e}-01`, r = ((/* @__PURE__ */ new Date(`${n}T00:00:00Z`)).getUTCDay() - t + 7) % 7, i = Array(r).fill(void 0);
	for (let t = n; t.startsWith(e); t = W(t, 1)) i.push(t);
	for (; i.length % 7;) i.push(void 0);
	return Array.from({ length: i.length / 7 }, (e, t) => i.slice(t * 7, t * 7 + 7));
}
function ot(e, t) {
	let [n = 0, r = 1] = e.split("-").map(Number);
	return new Date(Date.UTC(n, r - 1 + t, 1)).toISOString().slice(0, 7);
}
// src/days-off.ts
var K = class extends N {
	constructor(...e) {
		super(...e), this.exceptions = [], this.today = "", this.month = "";
	}
	static {
		this.styles = [L, o`
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
    `];
	}
	render() {
		let e = this.month || this.today.slice(0, 7), t = at(e, 1), n = [
			"01",
			"02",
			"03",
			"04",
			"05",
			"06",
			"07"
		].map((e) => `2024-01-${e}`), r = this.words.date(`${e}-01`, {
			month: "long",
			year: "numeric"
		});
		return E`
      <div class="row">
        <button aria-label=${this.say("month_before")} @click=${() => this.month = ot(e, -1)}>
          ‹
        </button>
        <span class="grow" aria-live="polite">${r}</span>
        <button aria-label=${this.say("month_after")} @click=${() => this.month = ot(e, 1)}>
          ›
        </button>
      </div>
      <table aria-label=${r}>
        <thead>
          <tr>
            ${n.map((e) => E`<th scope="col" abbr=${this.words.date(e, { weekday: "long" })}>
                  ${this.words.date(e, { weekday: "narrow" })}
                </th>`)}
          </tr>
        </thead>
        <tbody>
          ${t.map((e) => E`<tr>${e.map((e) => E`<td>${this.cell(e)}</td>`)}</tr>`)}
        </tbody>
      </table>
      ${this.others()}
    `;
	}
	say(e, t) {
		return this.words.say(`panel_${e}`, t);
	}
	cell(e) {
		if (!e) return O;
		let t = tt(this.exceptions, e), n = t !== void 0 && et(t), r = this.words.date(e, {
			weekday: "long",
			day: "numeric",
			month: "long"
		});
		return E`
      <button
        data-date=${e}
        class=${t && !n ? "other" : ""}
        aria-pressed=${n}
        aria-label=${n ? this.say("day_off", { date: r }) : r}
        ?disabled=${e < this.today}
        @click=${() => this.emit(it(this.exceptions, e))}
      >
        ${Number(e.slice(8))}
      </button>
    `;
	}
	others() {
		let e = this.exceptions.filter((e) => (e.to ?? e.from) >= this.today);
		return E`
      ${e.length ? E`<ul>
            ${e.map((e) => this.line(e))}
          </ul>` : O}
      <h3>${this.say("other_hours")}</h3>
      <form class="row" @submit=${(e) => this.add(e)}>
        <label>${this.say("first_day")} <input type="date" name="first" min=${this.today} required /></label>
        <label>${this.say("last_day")} <input type="date" name="last" min=${this.today} /></label>
        <label>${this.say("from")} <input type="time" name="from" /></label>
        <label>${this.say("to")} <input type="time" name="to" /></label>
        <button>${this.say("add")}</button>
      </form>
      <p class="soft">${this.say("other_hours_says")}</p>
    `;
	}
	line(e) {
		let t = (e) => this.words.date(e, {
			day: "numeric",
			month: "short",
			year: "numeric"
		}), n = e.to ?? e.from, r = n === e.from ? t(e.from) : this.words.say("page_from_to", {
			first: t(e.from),
			last: t(n)
		}), i = et(e) ? this.words.say("page_closed") : e.windows?.map(({ from: e, to: t }) => `${e.slice(0, 5)}–${t.slice(0, 5)}`).join(", ");
		return E`
      <li class="row">
        <span class="grow">${this.words.say("page_hours_line", {
			days: r,
			hours: i ?? ""
		})}</span>
        <button
          aria-label=${this.say("remove_named", { name: r })}
          @click=${() => this.emit(this.exceptions.filter((t) => t !== e))}
        >
          ${this.say("delete")}
        </button>
      </li>
    `;
	}
	add(e) {
		e.preventDefault();
		let t = e.target, [n, r, i, a] = [
			"first",
			"last",
			"from",
			"to"
		].map((e) => String(new FormData(t).get(e) ?? "")), o = i && a ? [{
			from: i,
			to: a === "00:00" ? "24:00" : a
		}] : [], s = {
			from: n,
			to: r >= n ? r : n,
			...o.length && { windows: o }
		};
		t.reset(), this.emit(rt(this.exceptions, s));
	}
	emit(e) {
		let t = e.filter((e) => (e.to ?? e.from) < this.today), n = e.filter((e) => !t.includes(e));
		this.dispatchEvent(new CustomEvent("ca-exceptions", {
			detail: n,
			bubbles: !0,
			composed: !0
		}));
	}
};
R([F({ attribute: !1 })], K.prototype, "words", void 0), R([F({ attribute: !1 })], K.prototype, "exceptions", void 0), R([F()], K.prototype, "today", void 0), R([I()], K.prototype, "month", void 0), K = R([P("courier-access-days-off")], K);
// src/linked.ts
var st = [
	"binary_sensor",
	"calendar",
	"device_tracker",
	"group",
	"input_boolean",
	"person",
	"schedule",
	"switch"
], q = class extends N {
	constructor(...e) {
		super(...e), this.entities = [], this.name = "", this.heading = "";
	}
	static {
		this.styles = [L];
	}
	render() {
		let e = Object.values(this.home.states).filter((e) => e !== void 0).filter(({ entity_id: e }) => st.includes(e.split(".")[0] ?? "") && !this.entities.includes(e)).map(({ entity_id: e }) => [e, this.nameOf(e)]).sort(([, e], [, t]) => e.localeCompare(t));
		return E`
      <h3>${this.heading}</h3>
      <ul>
        ${this.entities.map((e) => E`
            <li class="row">
              <span class="grow">${this.nameOf(e)}</span>
              <button
                aria-label=${this.words.say("panel_remove_named", { name: this.nameOf(e) })}
                @click=${() => this.emit(this.entities.filter((t) => t !== e))}
              >
                ${this.words.say("panel_delete")}
              </button>
            </li>
          `)}
      </ul>
      <label
        >${this.words.say("panel_add")}
        <select @change=${(e) => this.add(e)}>
          <option value="">–</option>
          ${e.map(([e, t]) => E`<option value=${e}>${t}</option>`)}
        </select>
      </label>
    `;
	}
	nameOf(e) {
		return this.home.states[e]?.attributes.friendly_name ?? e;
	}
	add(e) {
		let t = e.target, n = t.value;
		t.value = "", n && this.emit([...this.entities, n]);
	}
	emit(e) {
		let t = { [this.name]: e };
		this.dispatchEvent(new CustomEvent("ca-rules", {
			detail: t,
			bubbles: !0,
			composed: !0
		}));
	}
};
R([F({ attribute: !1 })], q.prototype, "home", void 0), R([F({ attribute: !1 })], q.prototype, "words", void 0), R([F({ attribute: !1 })], q.prototype, "entities", void 0), R([F()], q.prototype, "name", void 0), R([F()], q.prototype, "heading", void 0), q = R([P("courier-access-linked")], q);
// node_modules/lit-html/directives/style-map.js
var ct = "important", lt = " !" + ct, ut = Le(class extends Re {
	constructor(e) {
		if (super(e), e.type !== Ie.ATTRIBUTE || e.name !== "style" || e.strings?.length > 2) throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.");
	}
	render(e) {
		return Object.keys(e).reduce((t, n) => {
			let r = e[n];
			return r == null ? t : t + `${n = n.includes("-") ? n : n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g, "-$&").toLowerCase()}:${r};`;
		}, "");
	}
	update(e, [t]) {
		let { style: n } = e.element;
		if (this.ft === void 0) return this.ft = new Set(Object.keys(t)), this.render(t);
		for (let e of this.ft) t[e] ?? (this.ft.delete(e), e.includes("-") ? n.removeProperty(e) : n[e] = null);
		for (let e in t) {
			let r = t[e];
			if (r != null) {
				this.ft.add(e);
				let t = typeof r == "string" && r.endsWith(lt);
				e.includes("-") || t ? n.setProperty(e, t ? r.slice(0, -11) : r, t ? ct : "") : n[e] = r;
			}
		}
		return D;
	}
}), J = [
	"monday",
	"tuesday",
	"wednesday",
	"thursday",
	"friday",
	"saturday",
	"sunday"
], Y = 1440;
function dt(e) {
	let [t = "0", n = "0"] = e.split(":");
	return Number(t) * 60 + Number(n);
}
function X(e) {
	return `${String(Math.floor(e / 60)).padStart(2, "0")}:${String(e % 60).padStart(2, "0")}`;
}
function ft(e) {
	return e.map(({ from: e, to: t }) => ({
		from: `${X(e)}:00`,
		to: `${X(t)}:00`
	}));
}
function pt(e) {
	return J.flatMap((t, n) => (e[t] ?? []).map(({ from: e, to: t }) => ({
		day: n,
		from: dt(e),
		to: dt(t)
	})));
}
function mt(e) {
	let t = {};
	for (let [n, r] of J.entries()) {
		let i = e.filter((e) => e.day === n);
		i.length && (t[r] = ft(i));
	}
	return t;
}
function ht(e) {
	let t = [...e].sort((e, t) => e.day - t.day || e.from - t.from), n = [];
	for (let e of t) {
		let t = n.at(-1);
		t && t.day === e.day && e.from <= t.to ? t.to = Math.max(t.to, e.to) : n.push({ ...e });
	}
	return n;
}
function gt(e) {
	return Math.min(Y, Math.max(0, Math.round(e / 15) * 15));
}
function _t(e, t, n) {
	let [r, i] = [gt(Math.min(t, n)), gt(Math.max(t, n))], a = Math.min(r, 1425);
	return {
		day: e,
		from: a,
		to: Math.max(i, a + 15)
	};
}
function vt(e, t, n) {
	let r = e.to - e.from, i = Math.min(Y - r, Math.max(0, Math.round(n / 15) * 15));
	return {
		day: Math.min(6, Math.max(0, t)),
		from: i,
		to: i + r
	};
}
function yt(e, t, n) {
	let r = gt(n);
	return t === "from" ? {
		...e,
		from: Math.min(r, e.to - 15)
	} : {
		...e,
		to: Math.max(r, e.from + 15)
	};
}
function bt(e, t, n) {
	let r = e.filter((e) => e !== t);
	return ht(n ? [...r, n] : r);
}
function xt(e, t, n) {
	let r = e.filter((e) => e.day === t || !n.includes(e.day)), i = e.filter((e) => e.day === t);
	return ht([...r, ...n.filter((e) => e !== t).flatMap((e) => i.map((t) => ({
		...t,
		day: e
	})))]);
}
function St(e, t, n) {
	return e.find((e) => e.day === t && e.from <= n && n < e.to);
}
function Ct(e, t) {
	let n = e.filter((e) => e.day === t), r = {
		day: t,
		from: 540,
		to: 720
	};
	if (n.every((e) => e.to < r.from || r.to < e.from)) return r;
	let { from: i, to: a } = [...n, {
		day: t,
		from: Y,
		to: Y
	}].map((e, t) => ({
		from: t === 0 ? 0 : (n[t - 1]?.to ?? 0) + 15,
		to: e.from === 1440 ? Y : e.from - 15
	})).reduce((e, t) => t.to - t.from > e.to - e.from ? t : e);
	return a - i < 15 ? void 0 : {
		day: t,
		from: i,
		to: Math.min(a, i + 180)
	};
}
// src/week-grid.ts
var wt = 10, Tt = 5, Et = 60, Z = class extends N {
	constructor(...e) {
		super(...e), this.spans = [];
	}
	static {
		this.styles = [L, o`
      .day {
        display: grid;
        grid-template-columns: 2.8em 1fr 40px;
        gap: 6px;
        align-items: center;
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
      .scale {
        display: grid;
        grid-template-columns: 2.8em 1fr 40px;
        gap: 6px;
        font-size: 0.75rem;
      }
      .scale div {
        display: flex;
        justify-content: space-between;
      }
      .editor {
        border-block-start: 1px solid var(--divider-color, #d0d0d0);
        margin-block-start: 8px;
        padding-block-start: 8px;
      }
    `];
	}
	render() {
		let e = this.shown ?? this.spans;
		return E`
      <p class="soft" id="how">${this.say("week_how")}</p>
      <div class="scale" aria-hidden="true">
        <span></span>
        <div>${[
			0,
			6,
			12,
			18,
			24
		].map((e) => E`<span>${e}</span>`)}</div>
      </div>
      ${J.map((t, n) => this.day(t, n, e))} ${this.editor()}
    `;
	}
	say(e, t) {
		return this.words.say(`panel_${e}`, t);
	}
	day(e, t, n) {
		let r = this.words.say(`page_${e}`);
		return E`
      <div class="day" role="group" aria-label=${r}>
        <span class="name" title=${r}>${this.words.date(`2024-01-0${t + 1}`, { weekday: "short" })}</span>
        <div
          class="track"
          data-day=${t}
          @pointerdown=${(e) => this.begin(e, t)}
          @pointermove=${(e) => this.follow(e)}
          @pointerup=${(e) => this.end(e)}
          @pointercancel=${() => this.leave()}
        >
          ${n.filter((e) => e.day === t).map((e) => this.window(e, r))}
        </div>
        <button class="more" aria-label=${this.say("week_add", { day: r })} @click=${() => this.add(t)}>
          +
        </button>
      </div>
    `;
	}
	window(e, t) {
		let n = this.chosen?.day === e.day && this.chosen.from === e.from;
		return E`
      <button
        class="window"
        data-from=${X(e.from)}
        data-to=${X(e.to)}
        aria-pressed=${n}
        aria-describedby="how"
        aria-label=${this.say("week_window", {
			day: t,
			from: X(e.from),
			to: X(e.to)
		})}
        style=${ut({
			"inset-inline-start": `${e.from / Y * 100}%`,
			width: `${(e.to - e.from) / Y * 100}%`
		})}
        @click=${() => this.chosen = e}
        @keydown=${(t) => this.key(t, e)}
      ></button>
    `;
	}
	get current() {
		let { chosen: e } = this;
		return e && St(this.spans, e.day, e.from);
	}
	editor() {
		let e = this.current;
		if (!e) return E``;
		let t = this.words.say(`page_${J[e.day] ?? "monday"}`);
		return E`
      <div class="editor" role="group" aria-label=${this.say("week_edit")}>
        <h3>${t}</h3>
        <div class="row">
          <label
            >${this.say("from")}
            <input
              type="time"
              step="900"
              .value=${X(e.from)}
              @change=${(t) => this.retime(e, "from", t)}
          /></label>
          <label
            >${this.say("to")}
            <input
              type="time"
              step="900"
              .value=${X(e.to % Y)}
              @change=${(t) => this.retime(e, "to", t)}
          /></label>
          <button class="stop" @click=${() => this.change(e, void 0)}>${this.say("delete")}</button>
          <label
            >${this.say("copy")}
            <select @change=${(t) => this.copy(e.day, t)}>
              <option value="">–</option>
              <option value="all">${this.words.say("page_every_day")}</option>
              <option value="workdays">${this.say("workdays")}</option>
              ${J.map((t, n) => n === e.day ? O : E`<option value=${n}>${this.words.say(`page_${t}`)}</option>`)}
            </select>
          </label>
        </div>
      </div>
    `;
	}
	add(e) {
		let t = Ct(this.spans, e);
		t && this.change(void 0, t), this.focusOn(e);
	}
	retime(e, t, n) {
		let r = n.target.value;
		if (!r) return;
		let i = dt(r);
		this.change(e, yt(e, t, t === "to" && i === 0 ? Y : i));
	}
	copy(e, t) {
		let n = t.target, r = {
			all: [
				0,
				1,
				2,
				3,
				4,
				5,
				6
			],
			workdays: [
				0,
				1,
				2,
				3,
				4
			]
		}[n.value], i = xt(this.spans, e, r ?? [Number(n.value)]);
		n.value = "", this.emit(i);
	}
	key(e, t) {
		let n = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight", r = n === "ArrowLeft" ? "ArrowRight" : "ArrowLeft", i = {
			[n]: 15,
			[r]: -15
		}[e.key], a = t;
		if (i !== void 0) a = e.shiftKey ? yt(t, "to", t.to + i) : vt(t, t.day, t.from + i);
		else if (e.key === "ArrowDown" || e.key === "ArrowUp") a = vt(t, t.day + (e.key === "ArrowDown" ? 1 : -1), t.from);
		else if (e.key === "Delete" || e.key === "Backspace") a = void 0;
		else return;
		e.preventDefault(), this.change(t, a), this.focusOn(a?.day ?? t.day);
	}
	focusOn(e) {
		this.updateComplete.then(() => {
			this.renderRoot.querySelectorAll(".day")[e]?.querySelector(".window[aria-pressed=\"true\"], .more")?.focus();
		});
	}
	begin(e, t) {
		if (e.button !== 0 || this.drag) return;
		let n = e.target, r = e.currentTarget, i = this.minuteOf(e, r), a = n.classList.contains("window") ? St(this.spans, t, this.inside(i)) : void 0;
		this.drag = {
			grip: a ? this.grip(e, n) : "draw",
			pointer: e.pointerId,
			began: {
				x: e.clientX,
				at: i
			},
			span: a,
			row: t,
			moves: !1
		}, r.setPointerCapture(e.pointerId);
	}
	follow(e) {
		let { drag: t } = this;
		t?.pointer === e.pointerId && (t.moves ||= Math.abs(e.clientX - t.began.x) > Tt || this.rowOf(e) !== t.row, t.moves && (this.shown = bt(this.spans, t.span, this.dragged(t, e))));
	}
	end(e) {
		let { drag: t } = this;
		t?.pointer === e.pointerId && (this.leave(), t.moves ? this.change(t.span, this.dragged(t, e)) : t.span ? this.chosen = t.span : this.change(void 0, _t(t.row, t.began.at, t.began.at + Et)));
	}
	leave() {
		this.drag = void 0, this.shown = void 0;
	}
	dragged(e, t) {
		let n = this.minuteOf(t, t.currentTarget), { span: r } = e;
		return r ? e.grip === "move" ? vt(r, this.rowOf(t) ?? e.row, r.from + n - e.began.at) : yt(r, e.grip === "from" ? "from" : "to", n) : _t(e.row, e.began.at, n);
	}
	grip(e, t) {
		let { left: n, right: r, width: i } = t.getBoundingClientRect();
		if (i < 30) return "move";
		let [a, o] = this.isRightToLeft ? ["to", "from"] : ["from", "to"];
		return e.clientX - n < wt ? a : r - e.clientX < wt ? o : "move";
	}
	get isRightToLeft() {
		return getComputedStyle(this).direction === "rtl";
	}
	minuteOf(e, t) {
		let { left: n, right: r, width: i } = t.getBoundingClientRect(), a = this.isRightToLeft ? r - e.clientX : e.clientX - n;
		return Math.min(Y, Math.max(0, a / i * Y));
	}
	inside(e) {
		return Math.min(Y - 1, Math.floor(e));
	}
	rowOf(e) {
		let t = [...this.renderRoot.querySelectorAll(".track")].findIndex((t) => {
			let { top: n, bottom: r } = t.getBoundingClientRect();
			return n <= e.clientY && e.clientY <= r;
		});
		return t < 0 ? this.drag?.row : t;
	}
	change(e, t) {
		let n = bt(this.spans, e, t), r = t && St(n, t.day, t.from);
		this.chosen = r && {
			day: r.day,
			from: r.from
		}, this.emit(n);
	}
	emit(e) {
		this.spans = e, this.dispatchEvent(new CustomEvent("ca-week", {
			detail: e,
			bubbles: !0,
			composed: !0
		}));
	}
};
R([F({ attribute: !1 })], Z.prototype, "words", void 0), R([F({ attribute: !1 })], Z.prototype, "spans", void 0), R([I()], Z.prototype, "shown", void 0), R([I()], Z.prototype, "chosen", void 0), Z = R([P("courier-access-week")], Z);
// src/draft.ts
var Dt = class {
	constructor(e, t, n, r, i) {
		this.access = e, this.building = t, this.resident = n, this.show = r, this.refused = i, this.queue = Promise.resolve(), this.waiting = 0;
	}
	async load() {
		if (!this.waiting) try {
			let e = await this.access.rules(this.building, this.resident);
			this.waiting || this.take(e);
		} catch (e) {
			this.refused(e);
		}
	}
	async change(e, t = !1) {
		let n = this.kept;
		if (!n) return !1;
		this.waiting++;
		let { consent: r, ...i } = e;
		this.take({
			...n,
			...i,
			consent: kt(r, n.consent)
		});
		let a = this.queue.then(() => this.send(e, n, t));
		return this.queue = a, a;
	}
	async undo() {
		let e = this.last;
		this.last = void 0, e && await this.change(e, !0);
	}
	async send(e, t, n) {
		let r = this.kept?.revision ?? t.revision;
		try {
			let i = await this.access.setRules(this.building, this.resident, r, e);
			return n || (this.last = Ot(t, e)), this.waiting--, this.waiting && this.kept ? this.kept = {
				...this.kept,
				revision: i.revision
			} : this.take(i), !0;
		} catch (e) {
			return this.waiting--, this.refused(e), await this.load(), !1;
		}
	}
	take(e) {
		this.kept = e, this.show(e);
	}
};
function Ot(e, t) {
	let n = Object.keys(t).filter((e) => e !== "consent");
	return Object.fromEntries(n.map((t) => [t, e[t]]));
}
function kt(e, t) {
	return e === void 0 ? t : e ? "given" : "withdrawn";
}
// src/hours.ts
var At = [
	"allow",
	"ask",
	"deny"
], Q = class extends z {
	constructor(...e) {
		super(...e), this.chosen = "", this.agreed = !1, this.sending = 0;
	}
	willUpdate(e) {
		let t = this.resident;
		if (!t) return;
		let n = e.get("building");
		!this.draft || this.draft.resident !== t.resident ? (this.rules = void 0, this.draft = new Dt(this.access, this.building.building, t.resident, (e) => this.rules = e, (e) => this.tell({ text: this.words.refusal(e) })), this.draft.load()) : n && this.draft.load();
	}
	render() {
		let { resident: e, rules: t } = this;
		return e ? t ? E`
      ${this.mine.length > 1 ? this.choice() : O}
      <div
        aria-busy=${this.sending > 0}
        @ca-rules=${(e) => this.change(e.detail)}
        @ca-week=${(e) => this.change({ windows: mt(e.detail) })}
        @ca-exceptions=${(e) => this.change({ exceptions: e.detail })}
      >
        ${t.consent === "given" ? O : this.consent(t)}
        <section>
          <h2>${this.words.say("page_hours_heading")}</h2>
          ${this.elsewhere()}
          <courier-access-week
            .words=${this.words}
            .spans=${ht(pt(t.windows))}
          ></courier-access-week>
          ${Object.keys(t.windows).length ? O : E`<p>${this.words.say("page_hours_none")}</p>`}
        </section>
        <section>
          <h2>${this.say("days_off")}</h2>
          <p class="soft">${this.say("days_off_says")}</p>
          <courier-access-days-off
            .words=${this.words}
            .exceptions=${t.exceptions}
            today=${this.today}
          ></courier-access-days-off>
        </section>
        ${this.couriers(t)} ${this.conditions(t)} ${this.sharing(t)}
        ${t.consent === "given" ? this.consent(t) : O}
      </div>
    ` : E`<section><p role="status">${this.say("loading")}</p></section>` : E`<section><p>${this.say("no_residence")}</p></section>`;
	}
	get resident() {
		return this.mine.find(({ resident: e }) => e === this.chosen) ?? this.mine[0];
	}
	get today() {
		return new Intl.DateTimeFormat("en-CA", { timeZone: this.words.zone }).format(/* @__PURE__ */ new Date());
	}
	choice() {
		return E`
      <section>
        <label
          >${this.say("which_unit")}
          <select @change=${(e) => this.chosen = e.target.value}>
            ${this.mine.map(({ resident: e, unit: t }) => E`<option value=${e}>${t}</option>`)}
          </select>
        </label>
      </section>
    `;
	}
	consent(e) {
		let t = e.consent === "given";
		return E`
      <section>
        <h2>${this.words.say("page_consent")}</h2>
        <p class="status ${t ? "good" : "bad"}" data-consent=${e.consent}>
          ${this.words.say(`page_consent_${e.consent}`)}
        </p>
        <p>${this.words.say("page_consent_means")}</p>
        ${t ? E`<button class="stop" @click=${() => this.change({ consent: !1 })}>
              ${this.words.say("page_withdraw_consent")}
            </button>` : E`<p>
                <label
                  ><input
                    type="checkbox"
                    .checked=${this.agreed}
                    @change=${(e) => this.agreed = e.target.checked}
                  />${this.words.say("page_agree")}</label
                >
              </p>
              <button class="main" ?disabled=${!this.agreed} @click=${() => this.agree()}>
                ${this.words.say("page_give_consent")}
              </button>`}
      </section>
    `;
	}
	agree() {
		this.agreed = !1, this.change({ consent: !0 });
	}
	elsewhere() {
		return this.words.readerIsElsewhere ? E`<p class="status bad">${this.say("elsewhere", { zone: this.words.zone })}</p>` : O;
	}
	couriers(e) {
		return E`
      <section>
        <h2>${this.say("couriers")}</h2>
        <p class="soft">${this.say("couriers_says")}</p>
        <p>
          <label
            >${this.say("by_default")}
            ${this.attitude(e.default, (e) => e && this.change({ default: e }), !1)}
          </label>
        </p>
        ${this.building.couriers.map(({ courier: t, name: n }) => E`
            <p>
              <label
                >${n}
                ${this.attitude(e.couriers[t], (n) => this.decide(e, t, n))}
              </label>
            </p>
          `)}
      </section>
    `;
	}
	attitude(e, t, n = !0) {
		return E`
      <select
        @change=${(e) => {
			let n = e.target.value;
			t(At.find((e) => e === n));
		}}
      >
        ${n ? E`<option value="" .selected=${e === void 0}>${this.say("as_default")}</option>` : O}
        ${At.map((t) => E`
            <option value=${t} .selected=${t === e}>${this.say(`attitude_${t}`)}</option>
          `)}
      </select>
    `;
	}
	decide(e, t, n) {
		let { [t]: r, ...i } = e.couriers;
		this.change({ couriers: n ? {
			...i,
			[t]: n
		} : i });
	}
	conditions(e) {
		return E`
      <section>
        <h2>${this.say("conditions")}</h2>
        <p class="soft">${this.say("conditions_says")}</p>
        ${["only_while", "never_while"].map((t) => E`
            <courier-access-linked
              .home=${this.home}
              .words=${this.words}
              .entities=${e[t]}
              name=${t}
              heading=${this.say(t)}
            ></courier-access-linked>
          `)}
      </section>
    `;
	}
	sharing(e) {
		return E`
      <section>
        <h2>${this.say("sharing")}</h2>
        <p>
          <label
            ><input
              type="checkbox"
              .checked=${e.share_hours}
              @change=${(e) => this.change({ share_hours: e.target.checked })}
            />${this.say("share_hours")}</label
          >
        </p>
        <p>
          <label
            >${this.say("digest")}
            <input
              type="time"
              .value=${e.digest_at ?? ""}
              @change=${(e) => this.change({ digest_at: e.target.value || null })}
          /></label>
        </p>
        <p class="soft">${this.say("digest_says")}</p>
      </section>
    `;
	}
	async change(e) {
		let { draft: t } = this;
		if (!t) return;
		this.sending++;
		let n = await t.change(e);
		if (this.sending--, !n) return;
		let r = e.consent !== void 0;
		this.tell({
			text: r ? this.words.say(e.consent ? "page_said_give_consent" : "page_said_withdraw_consent") : this.say("kept"),
			...!r && { undo: () => void this.undo(t) }
		});
	}
	async undo(e) {
		this.sending++, await e.undo(), this.sending--;
	}
};
R([I()], Q.prototype, "chosen", void 0), R([I()], Q.prototype, "agreed", void 0), R([I()], Q.prototype, "rules", void 0), R([I()], Q.prototype, "sending", void 0), Q = R([P("courier-access-hours")], Q);
// src/now.ts
var jt = class extends z {
	render() {
		return E`
      ${this.building.doors.map((e) => this.door(e))}
      ${this.building.newcomers.map((e) => E`
          <section>
            <h2>${this.say("newcomer", {
			name: e.name,
			unit: e.unit
		})}</h2>
            <p>${this.say("newcomer_says")}</p>
            <button
              class="main"
              @click=${() => this.act(() => this.access.confirm(this.building.building, e.resident), this.say("newcomer_done", { name: e.name }))}
            >
              ${this.say("newcomer_confirm")}
            </button>
          </section>
        `)}
      ${this.mine.map((e) => this.unit(e))} ${this.whole()}
    `;
	}
	door(e) {
		let t = e.lock === null ? void 0 : this.home.states[e.lock], n = t?.state ?? "unavailable", r = [
			"locked",
			"unlocked",
			"unlocking",
			"locking",
			"jammed",
			"open",
			"opening"
		], i = t?.attributes.changed_by;
		return E`
      <section>
        <h2>${e.name}</h2>
        <p class="status ${n === "locked" ? "good" : "bad"}" data-door=${e.door} data-state=${n}>
          <strong>${this.say(`door_${r.includes(n) ? n : "unavailable"}`)}</strong>
        </p>
        ${i ? E`<p class="soft">${this.say("door_by", { courier: i })}</p>` : O}
      </section>
    `;
	}
	unit(e) {
		let { building: t } = this.building, n = e.unit_paused_until;
		return E`
      <section>
        <h2>${this.say("unit", { unit: e.unit })}</h2>
        <div class="status ${e.shut === null ? "good" : "bad"}" data-shut=${e.shut ?? ""}>
          <strong>${this.words.say(e.shut === null ? "page_open" : "page_shut")}</strong>
          <p>
            ${e.shut === null ? this.words.say("page_open_says") : this.words.say(`page_shut_${e.shut}`)}
          </p>
          ${e.next_change ? E`<p class="soft">
                ${this.say("next_change", { time: this.words.moment(e.next_change) })}
              </p>` : O}
        </div>
        ${e.waits_for_confirmation ? O : E`<p>
              ${n ? E`${this.words.say("page_unit_paused", { until: this.words.moment(n) })}
                    <button
                      class="main"
                      @click=${() => this.act(() => this.access.resume(t, e.unit), this.words.say("page_said_resume_unit"))}
                    >
                      ${this.words.say("page_resume_unit")}
                    </button>` : E`<button
                    class="stop"
                    @click=${() => this.act(() => this.access.pause(t, e.unit), this.words.say("page_said_pause_unit"))}
                  >
                    ${this.words.say("page_pause_unit")}
                  </button>`}
            </p>`}
      </section>
    `;
	}
	whole() {
		let { building: e, paused_until: t } = this.building;
		return E`
      <section>
        <h2>${this.say("whole")}</h2>
        ${t ? E`<p class="status bad">
                ${this.words.say("page_building_paused", { until: this.words.moment(t) })}
              </p>
              <button
                class="main"
                @click=${() => this.act(() => this.access.resume(e), this.words.say("page_said_resume_building"))}
              >
                ${this.words.say("page_resume_building")}
              </button>` : E`<p>${this.words.say("page_stop_building_says")}</p>
              <button
                class="stop"
                @click=${() => this.act(() => this.access.pause(e), this.words.say("page_said_pause_building"))}
              >
                ${this.words.say("page_pause_building")}
              </button>`}
      </section>
    `;
	}
};
jt = R([P("courier-access-now")], jt);
// src/access.ts
var Mt = class {
	constructor(e, t, n) {
		this.connection = e, this.changed = t, this.failed = n, this.ended = !1, this.reading = 0;
	}
	async start() {
		try {
			let e = await this.connection.subscribeMessage((e) => void this.take(e), { type: "courier_access/subscribe" });
			this.ended ? await e() : this.unsubscribe = e;
		} catch (e) {
			this.failed(e);
		}
	}
	stop() {
		this.ended = !0, this.unsubscribe?.().catch(() => void 0);
	}
	async take(e) {
		if (e.buildings) {
			this.reading++, this.buildings = e.buildings, this.changed(!0);
			return;
		}
		let t = e.changed?.includes("entries") ?? !1;
		e.changed?.some((e) => e !== "entries") && await this.read(), this.changed(t);
	}
	async read() {
		let e = ++this.reading;
		try {
			let t = await this.send("overview");
			e === this.reading && (this.buildings = t.buildings);
		} catch (e) {
			this.failed(e);
		}
	}
	send(e, t = {}) {
		return this.connection.sendMessagePromise({
			type: `courier_access/${e}`,
			...t
		});
	}
	rules(e, t) {
		return this.send("rules/get", {
			building: e,
			resident: t
		});
	}
	setRules(e, t, n, r) {
		return this.send("rules/set", {
			building: e,
			resident: t,
			revision: n,
			...r
		});
	}
	entries(e, t) {
		return this.send("entries", {
			building: e,
			...t
		});
	}
	veto(e, t, n, r) {
		return this.send("veto_grant", {
			building: e,
			courier: t,
			grant_id: n,
			unit: r
		});
	}
	pause(e, t) {
		return this.send("pause", {
			building: e,
			...t !== void 0 && { unit: t }
		});
	}
	resume(e, t) {
		return this.send("resume", {
			building: e,
			...t !== void 0 && { unit: t }
		});
	}
	confirm(e, t) {
		return this.send("residents/confirm", {
			building: e,
			resident: t
		});
	}
	verify(e, t) {
		return this.send("verify", {
			building: e,
			...t && { notice: t }
		});
	}
	verifier(e) {
		return this.send("export/verifier", { building: e });
	}
	records(e, t) {
		return this.send("export", {
			building: e,
			after: t
		});
	}
	sheet(e, t, n) {
		return this.send("export/entries", {
			building: e,
			language: t,
			...n !== void 0 && { before: n }
		});
	}
}, Nt = "courier_access", Pt = class {
	constructor(e) {
		this.home = e, this.formats = /* @__PURE__ */ new Map();
	}
	say(e, t) {
		return this.home.localize(`component.${Nt}.common.${e}`, t) || e;
	}
	refusal(e) {
		let t = e, n = t?.translation_key;
		return n && this.home.localize(`component.${Nt}.exceptions.${n}.message`, t.translation_placeholders) || t?.message || this.say("panel_no_answer");
	}
	get language() {
		return this.home.locale?.language ?? this.home.language;
	}
	get zone() {
		return this.home.config.time_zone;
	}
	get readerIsElsewhere() {
		let e = /* @__PURE__ */ new Date(), t = (t) => e.toLocaleString("en-GB", {
			dateStyle: "short",
			timeStyle: "short",
			...t && { timeZone: t }
		});
		return t(this.zone) !== t();
	}
	time(e) {
		return this.format(e, {
			hour: "2-digit",
			minute: "2-digit"
		});
	}
	day(e) {
		return this.format(e, {
			weekday: "short",
			day: "numeric",
			month: "short"
		});
	}
	moment(e) {
		return `${this.day(e)}, ${this.time(e)}`;
	}
	span(e, t) {
		let n = this.day(e) === this.day(t) ? this.time(t) : this.moment(t);
		return `${this.moment(e)} – ${n}`;
	}
	date(e, t) {
		return (/* @__PURE__ */ new Date(`${e}T12:00:00Z`)).toLocaleDateString(this.language, {
			timeZone: "UTC",
			...t
		});
	}
	format(e, t) {
		let n = JSON.stringify(t), r = this.formats.get(n);
		if (!r) {
			let e = {
				12: !0,
				24: !1
			}[this.home.locale?.time_format ?? ""];
			r = new Intl.DateTimeFormat(this.language, {
				timeZone: this.zone,
				...t,
				...t.hour && e !== void 0 && { hour12: e }
			}), this.formats.set(n, r);
		}
		return r.format(new Date(e));
	}
}, Ft = [
	"now",
	"hours",
	"entries",
	"deliveries"
], It = 8, $ = class extends N {
	constructor(...e) {
		super(...e), this.narrow = !1, this.failure = "", this.chosen = "", this.news = 0, this.spoken = "";
	}
	static {
		this.styles = [L, o`
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
        padding: 12px 14px;
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
    `];
	}
	disconnectedCallback() {
		super.disconnectedCallback(), this.access?.stop(), this.access = this.following = void 0, clearTimeout(this.fading);
	}
	willUpdate(e) {
		e.has("route") && (this.chosen = new URLSearchParams(location.search).get("building") ?? this.chosen), (e.has("hass") || !this.access) && (this.spoken === this.hass.language ? this.words &&= new Pt(this.hass) : this.learn(this.hass), this.following !== this.hass.connection && this.follow(this.hass.connection));
	}
	async learn(e) {
		this.spoken = e.language, await Promise.all([e.loadBackendTranslation("common", "courier_access"), e.loadBackendTranslation("exceptions", "courier_access")]), this.words = new Pt(this.hass);
	}
	follow(e) {
		this.access?.stop(), this.following = e;
		let t = new Mt(e, (e) => {
			this.buildings = t.buildings, this.failure = "", e && this.news++;
		}, (e) => this.failure = this.words?.refusal(e) ?? String(e));
		this.access = t, t.start();
	}
	render() {
		let { words: e } = this;
		if (!e) return E``;
		let t = this.current;
		return E`
      <header>
        ${this.narrow ? E`<button class="menu" aria-label=${e.say("panel_menu")} @click=${() => this.toggleMenu()}>
              ☰
            </button>` : O}
        <h1 class="grow">${t?.name ?? e.say("panel_sidebar")}</h1>
        ${this.choice()}
      </header>
      ${t ? this.views(e, t) : E`<main>${this.nothing(e)}</main>`}
      <div role="status" aria-live="polite">${this.toast(e)}</div>
    `;
	}
	get current() {
		return this.buildings?.find(({ building: e }) => e === this.chosen) ?? this.buildings?.[0];
	}
	get view() {
		let e = this.route?.path.replace(/^\//, "");
		return Ft.find((t) => t === e) ?? "now";
	}
	nothing(e) {
		return this.failure ? E`<p class="status bad" role="alert">${this.failure}</p>` : E`<p role="status">
      ${e.say(this.buildings ? "panel_no_building" : "panel_loading")}
    </p>`;
	}
	choice() {
		return (this.buildings?.length ?? 0) < 2 ? O : E`
      <select
        aria-label=${this.words?.say("panel_which_building") ?? ""}
        @change=${(e) => this.chosen = e.target.value}
      >
        ${this.buildings?.map(({ building: e, name: t }) => E`<option value=${e} .selected=${e === this.current?.building}>${t}</option>`)}
      </select>
    `;
	}
	views(e, t) {
		return E`
      <nav aria-label=${e.say("panel_sidebar")}>
        ${Ft.map((t) => E`
            <a
              href="/courier-access/${t}"
              aria-current=${t === this.view ? "page" : O}
              @click=${(e) => this.go(e, t)}
              >${e.say(`panel_view_${t}`)}</a
            >
          `)}
      </nav>
      <main @ca-told=${(e) => this.tell(e.detail)}>
        ${this.failure ? E`<p class="status bad" role="alert">${this.failure}</p>` : O}
        ${this.shown(e, t)}
      </main>
    `;
	}
	shown(e, t) {
		let { hass: n, access: r } = this;
		switch (this.view) {
			case "now": return E`<courier-access-now
          .home=${n} .words=${e} .access=${r} .building=${t}
        ></courier-access-now>`;
			case "hours": return E`<courier-access-hours
          .home=${n} .words=${e} .access=${r} .building=${t}
        ></courier-access-hours>`;
			case "entries": return E`<courier-access-entries
          .home=${n} .words=${e} .access=${r} .building=${t} .news=${this.news}
        ></courier-access-entries>`;
			case "deliveries": return E`<courier-access-deliveries
          .home=${n} .words=${e} .access=${r} .building=${t}
        ></courier-access-deliveries>`;
		}
	}
	go(e, t) {
		e.ctrlKey || e.metaKey || e.shiftKey || (e.preventDefault(), history.pushState(null, "", `/courier-access/${t}`), window.dispatchEvent(new CustomEvent("location-changed", { detail: { replace: !1 } })));
	}
	toggleMenu() {
		this.dispatchEvent(new CustomEvent("hass-toggle-menu", {
			bubbles: !0,
			composed: !0
		}));
	}
	tell(e) {
		clearTimeout(this.fading), this.told = e, this.fading = setTimeout(() => this.told = void 0, It * 1e3);
	}
	toast(e) {
		let { told: t } = this;
		return t ? E`
      <div class="told">
        <span class="grow">${t.text}</span>
        ${t.undo ? E`<button
              @click=${() => {
			this.told = void 0, t.undo?.();
		}}
            >
              ${e.say("panel_undo")}
            </button>` : O}
      </div>
    ` : O;
	}
};
R([F({ attribute: !1 })], $.prototype, "hass", void 0), R([F({
	type: Boolean,
	reflect: !0
})], $.prototype, "narrow", void 0), R([F({ attribute: !1 })], $.prototype, "route", void 0), R([I()], $.prototype, "words", void 0), R([I()], $.prototype, "buildings", void 0), R([I()], $.prototype, "failure", void 0), R([I()], $.prototype, "chosen", void 0), R([I()], $.prototype, "news", void 0), R([I()], $.prototype, "told", void 0), $ = R([P("courier-access-panel")], $);
export { $ as Panel };
