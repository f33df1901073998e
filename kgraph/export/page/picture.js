// The picture: sigma (https://www.sigmajs.org/) on a canvas, places computed when the page was made.
"use strict";

class Picture {
  constructor(graph, filters, choose) {
    this.graph = graph;
    this.filters = filters;
    this.chosen = null;
    this.near = new Set();
    this.beginFrame();
    this.place = byId("canvas");
    this.network = new vendor.Graph({ multi: false, type: "undirected" });
    const scale = sizeScale(graph.entities.length);
    for (const entity of graph.entities) {
      const size = scale(entity.lines.length);
      this.network.addNode(entity.id, { x: entity.x, y: -entity.y, size, label: entity.label, entity });
    }
    for (const line of graph.lines) {
      if (line.ends[0] !== line.ends[1]) this.network.addEdge(line.ends[0].id, line.ends[1].id, { line });
    }
    this.readColours();
    this.sigma = new vendor.Sigma(this.network, this.place, {
      allowInvalidContainer: true,
      nodeReducer: (_, data) => this.drawnNode(data),
      edgeReducer: (_, data) => this.drawnEdge(data),
      defaultDrawNodeLabel: (context, data) => this.drawLabel(context, data),
      defaultDrawNodeHover: (context, data) => this.drawHover(context, data),
      edgeLabelSize: 11,
      edgeLabelFont: this.font,
      edgeLabelColor: { attribute: "labelColor", color: this.colours.ink },
      renderEdgeLabels: true,
      labelDensity: graph.entities.length > 300 ? 1 : 2,
      labelGridCellSize: 100,
      labelRenderedSizeThreshold: graph.entities.length > 3000 ? 6 : 3,
      hideEdgesOnMove: graph.lines.length > 10000,
      zIndex: true,
      stagePadding: 48,
      minCameraRatio: 0.02,
      maxCameraRatio: 2,
    });
    this.frame();
    this.sigma.on("beforeRender", () => this.beginFrame());
    this.sigma.on("clickNode", ({ node }) => choose(graph.entities[node]));
    this.sigma.on("clickStage", () => choose(null));
    this.sigma.on("enterNode", ({ node }) => this.hover(graph.entities[node]));
    this.sigma.on("leaveNode", () => this.hover(null));
    this.listen();
  }

  get still() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 350;
  }

  listen() {
    const camera = this.sigma.getCamera();
    const zoom = (factor) => camera.animate({ ratio: camera.getBoundedRatio(camera.ratio * factor) }, { duration: this.still / 2 });
    const move = (x, y) => camera.setState({ x: camera.x + x * camera.ratio, y: camera.y + y * camera.ratio });
    const fit = () => camera.animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: this.still });
    byId("zoom-in").addEventListener("click", () => zoom(1 / 1.6));
    byId("zoom-out").addEventListener("click", () => zoom(1.6));
    byId("zoom-fit").addEventListener("click", fit);
    const keys = {
      "+": () => zoom(1 / 1.6), "=": () => zoom(1 / 1.6), "-": () => zoom(1.6), 0: fit,
      ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, 0.1), ArrowDown: () => move(0, -0.1),
    };
    this.place.addEventListener("keydown", (event) => {
      if (!(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
      keys[event.key]();
      event.preventDefault();
    });
  }

  // Canvas cannot use CSS variables: their values are read from an element that does.
  readColours() {
    const probe = el("i", { hidden: true });
    document.body.append(probe);
    const value = (name) => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color;
    };
    const names = ["ink", "paper", "surface", "edge", "muted", "said", "dispute", "faint", "faint-edge", "accent", "type-other"];
    this.colours = Object.fromEntries([...names, ...coloured.values()].map((name) => [name, value(name)]));
    this.font = getComputedStyle(document.body).fontFamily;
    probe.remove();
  }

  recolour() {
    this.readColours();
    this.sigma.setSetting("edgeLabelColor", { attribute: "labelColor", color: this.colours.ink });
    this.sigma.refresh();
  }

  visible(entity) {
    return this.filters.entities.has(entity) && (this.filters.lone || this.filters.linked.has(entity) || entity === this.chosen);
  }

  drawnNode(data) {
    const { entity } = data;
    const drawn = { entity, x: data.x, y: data.y, size: data.size, label: data.label, color: this.colours[typeClass(entity.type)], zIndex: data.size };
    if (!this.visible(entity)) return { ...drawn, hidden: true, label: "" };
    if (entity === this.chosen) return { ...drawn, size: Math.max(data.size, 6) + 2, forceLabel: true, highlighted: true, zIndex: 1000 };
    if (!this.chosen) return drawn;
    if (this.near.has(entity)) return { ...drawn, forceLabel: this.near.size <= 40, zIndex: 500 };
    return { ...drawn, color: this.colours.faint, label: "", zIndex: 0 };
  }

  drawnEdge({ line }) {
    const edges = this.filters.lines.get(line);
    if (!edges || !line.ends.every((end) => this.visible(end))) return { hidden: true };
    const kind = kindOfLine(edges);
    const color = { fact: this.colours.edge, said: this.colours.said, dispute: this.colours.dispute }[kind];
    const size = kind === "dispute" ? 1.6 : Math.min(2, 0.6 + edges.length * 0.15);
    if (!this.chosen) return { color, size, zIndex: kind === "dispute" ? 2 : 1 };
    if (!line.ends.includes(this.chosen)) return { color: this.colours["faint-edge"], size: 0.5, zIndex: 0 };
    const labels = [...new Set(edges.map((edge) => edge.label))];
    const label = labels.length > 2 ? `${labels[0]} and ${labels.length - 1} more` : labels.join(", ");
    const forced = this.near.size <= 6;
    return { color: kind === "fact" ? this.colours.muted : color, size: size + 0.6, label: forced ? label : "", forceLabel: forced, labelColor: this.colours.ink, zIndex: 3 };
  }

  // Where labels stand in this frame, and where the chosen one is.
  beginFrame() {
    this.labels = [];
    const at = this.chosen && this.sigma?.getNodeDisplayData(this.chosen.id);
    this.middle = at ? this.sigma.framedGraphToViewport(at).x : -Infinity;
  }

  drawLabel(context, data) {
    if (!data.label || data.highlighted) return;
    const size = Math.min(17, 11 + data.size / 4);
    context.font = `${data.size > 9 ? 600 : 400} ${size}px ${this.font}`;
    const label = shortened(data.label);
    const width = context.measureText(label).width;
    const x = this.besides(width, data, 3);
    if (this.covers(x, data.y - size / 2, width, size)) return;
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = this.colours.surface;
    context.fillStyle = this.colours.ink;
    context.strokeText(label, x, data.y + size / 3);
    context.fillText(label, x, data.y + size / 3);
  }

  // Where a label begins: right of its node, but left of it where the right edge would cut it or the chosen one is.
  besides(width, data, gap) {
    const right = data.x + data.size + gap;
    const edge = this.place.clientWidth;
    const away = this.near.has(data.entity) && data.x < this.middle;
    const cut = data.x < edge && right + width > edge && data.x > edge / 2;
    return away || cut ? data.x - data.size - gap - width : right;
  }

  // Whether a label would lie on one that is drawn already; if not, its place is taken from now on.
  covers(x, y, width, height) {
    const box = { left: x, right: x + width, top: y, bottom: y + height };
    const covers = this.labels.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
    if (!covers) this.labels.push(box);
    return covers;
  }

  drawHover(context, data) {
    context.fillStyle = this.colours.surface;
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, Math.PI * 2);
    context.stroke();
    if (!data.label) return;
    const about = data.entity === this.chosen ? "" : `  ${data.entity.type.label}`;
    context.font = `600 13px ${this.font}`;
    const width = context.measureText(data.label).width;
    context.font = `400 12px ${this.font}`;
    const whole = width + context.measureText(about).width + 14;
    const x = this.besides(whole, data, 6);
    context.beginPath();
    context.roundRect(x, data.y - 13, whole, 26, 5);
    context.fill();
    context.stroke();
    context.fillStyle = this.colours.muted;
    context.fillText(about, x + 7 + width, data.y + 4);
    context.fillStyle = this.colours.ink;
    context.font = `600 13px ${this.font}`;
    context.fillText(data.label, x + 7, data.y + 4);
  }

  hover(entity) {
    this.place.classList.toggle("pointing", entity !== null);
  }

  // The view holds what is to be seen, so that hidden nodes at the rim leave no empty space.
  frame() {
    const seen = this.graph.entities.filter((entity) => this.visible(entity));
    if (!seen.length) return;
    this.sigma.setCustomBBox({ x: extent(seen.map((e) => e.x)), y: extent(seen.map((e) => -e.y)) });
  }

  select(entity) {
    this.chosen = entity;
    this.near = new Set();
    for (const line of entity?.lines ?? []) if (this.filters.lines.has(line)) this.near.add(otherEnd(line, entity));
    this.sigma.refresh();
    if (entity && this.place.clientWidth) this.approach([entity, ...this.near]);
  }

  // Moves the camera so that these entities fill most of the view.
  approach(entities) {
    const at = entities.map((entity) => this.sigma.getNodeDisplayData(entity.id));
    const [left, right] = extent(at.map((place) => place.x));
    const [bottom, top] = extent(at.map((place) => place.y));
    const ratio = Math.min(1, Math.max(0.12, 1.5 * Math.max(right - left, top - bottom)));
    this.sigma.getCamera().animate({ x: (left + right) / 2, y: (bottom + top) / 2, ratio }, { duration: this.still });
  }

  refresh() {
    this.frame();
    this.select(this.chosen);
  }

  shown() {
    this.sigma.resize();
    this.sigma.refresh();
  }
}

function extent(values) {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

// Radii in pixels by number of lines; smaller where there are many nodes.
function sizeScale(nodes) {
  const base = nodes > 5000 ? 1.2 : nodes > 800 ? 2.2 : 4;
  return (lines) => Math.min(base * 6, base + base * 0.55 * Math.sqrt(lines));
}

function shortened(label) {
  return label.length > 40 ? `${label.slice(0, 38).trimEnd()}…` : label;
}
