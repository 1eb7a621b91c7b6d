import type { OnnxOperation, OnnxScan } from './scan-onnx-file.js'

/** Whether the vector of an image depends on the others of its batch, as far as the graph tells. */
export type BatchDependence = 'never' | 'always' | 'unknown'

/** Choose one scale for all that a run holds. */
const OVER_ALL = new Set(['DynamicQuantizeLinear', 'com.microsoft.DynamicQuantizeMatMul'])

/** What exports of vision towers are made of, and what leaves the rows of a batch apart whatever its attributes say. */
const ROW_BY_ROW = new Set(
  `Abs Add And AveragePool Cast Clip Concat Constant ConstantOfShape Conv Div Equal Erf Exp Expand Flatten Gather Gelu Gemm GlobalAveragePool
  Greater HardSigmoid HardSwish Identity LeakyRelu Less Log MatMul Max MaxPool Min Mul Neg Not Pad Pow Range Reciprocal Relu Reshape Shape Sigmoid
  Slice Softplus Split Sqrt Squeeze Sub Tanh Transpose Unsqueeze Where com.microsoft.Gelu com.microsoft.FastGelu com.microsoft.QuickGelu`.split(
    /\s+/,
  ),
)

/** Leave them apart unless told to go along the batch; what they do where they are told nothing. */
const ALONG_AXES = new Map<string, 'within a row' | 'over all'>([
  ['LayerNormalization', 'within a row'],
  ['LogSoftmax', 'within a row'],
  ['LpNormalization', 'within a row'],
  ['Softmax', 'within a row'],
  ['ReduceL2', 'over all'], // from opset 13 or 18 on, axes may be an input instead, which is not read
  ['ReduceMean', 'over all'],
  ['ReduceSum', 'over all'],
])

/**
 * Reads from the operations of an image encoder whether its batch can move a vector. `never` only where every one is known to treat each row by
 * itself; `always` where one chooses its scale over the whole run (dynamic quantisation). Where it is `unknown`, only trying tells.
 * Rows are taken to lie along the first axis, as in every export. Source: onnx/onnx Operators.md, microsoft/onnxruntime ContribOperators.md.
 */
export function batchDependenceOf(scan: OnnxScan): BatchDependence {
  if (scan.kind === 'malformed') return 'unknown'
  if (scan.operations.some(({ name }) => OVER_ALL.has(name))) return 'always'
  return scan.operations.every(leavesRowsApart) ? 'never' : 'unknown'
}

function leavesRowsApart({ name, axes }: OnnxOperation): boolean {
  if (ROW_BY_ROW.has(name)) return true
  const untold = ALONG_AXES.get(name)
  if (untold === undefined) return false
  return axes.length === 0 ? untold === 'within a row' : !axes.includes(0)
}
