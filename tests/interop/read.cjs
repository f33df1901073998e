// What graphology and cytoscape.js read in a file: `node read.cjs graphml|gexf|cyjs FILE` prints its nodes and edges as JSON.
const fs = require('fs')
const { MultiDirectedGraph } = require('graphology')

const [, , format, path] = process.argv
const text = fs.readFileSync(path, 'utf8')

function withGraphology (parse, Graph) {
  const graph = parse(Graph, text, { addMissingNodes: false })
  return {
    nodes: graph.mapNodes((id, attributes) => ({ id, attributes })),
    edges: graph.mapEdges((id, attributes, source, target) => ({ id, source, target, attributes }))
  }
}

function withCytoscape () {
  const graph = require('cytoscape')({ headless: true, ...JSON.parse(text) })
  return {
    nodes: graph.nodes().map(node => ({ id: node.id(), attributes: node.data() })),
    edges: graph.edges().map(edge => ({
      id: edge.id(), source: edge.data('source'), target: edge.data('target'), attributes: edge.data()
    }))
  }
}

const readers = {
  graphml: () => withGraphology(require('graphology-graphml').parse, MultiDirectedGraph),
  gexf: () => withGraphology(require('graphology-gexf').parse, MultiDirectedGraph),
  cyjs: withCytoscape
}
process.stdout.write(JSON.stringify(readers[format]()))
