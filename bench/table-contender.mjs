// Probity's reading of one label table, and of decisions made elsewhere where a second file is given, without what follows from them.
// node table-contender.mjs <labels> [<decisions>]
import { extname } from 'node:path'

const [labels, decisions] = process.argv.slice(2)
const { readDataset } = await import('../dist/audit/dataset/read-dataset.js')
const { readDecisionsFiles } = await import('../dist/audit/dataset/read-annotators.js')
const { readLabelSet } = await import('../dist/audit/definitions/shipped.js')

const map = ['age', 'gender', 'race'].map((name) => ({ attribute: name, column: name }))
const plan = { format: extname(labels).slice(1), id: 'drawn', labels, images: null, crop: null, map, where: [] }
const rest = { unknownValues: 'refuse', followOutside: false, licence: null, simulated: true }
const dataset = await readDataset({ ...plan, ...rest })
const files = decisions === undefined ? [] : await readDecisionsFiles(decisions, dataset, [readLabelSet('clip-paper')])
console.log(JSON.stringify({ rows: dataset.images.length, decided: files[0]?.decisions[0].winner.length ?? 0 }))
