// What the page needs of graphology and sigma, under one global name.
import Graph from "graphology";
import Sigma from "sigma";

export { Graph, Sigma };
