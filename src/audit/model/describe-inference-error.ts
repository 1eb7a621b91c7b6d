import { ModelError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import { ChildEnded, describeEnd, gigabytes, isKilled } from './child-ended.js'
import type { ChildEnd } from './child-ended.js'
import { InferenceError } from './inference-channel.js'
import { isolationFailed } from './isolation-failed.js'

type Explanation = { readonly code: string } & Omit<Fault, 'at'>

const LOAD_AGAIN = 'Download or export the file again.'
const EXPORT_AGAIN = 'Export the model again with an opset and operators that onnxruntime-node 1.30 knows.'

/** One plain sentence for each way in which ONNX Runtime refuses a file; its own traces are long and hold C++ paths. */
const EXPLANATIONS: readonly (readonly [pattern: RegExp, explain: (match: RegExpMatchArray) => Explanation])[] = [
  [
    /Protobuf parsing failed|does not have a graph/,
    () => ({
      code: 'model.onnx-unreadable',
      expected: 'an ONNX model',
      received: 'a file that is cut or is something else',
      hint: LOAD_AGAIN,
    }),
  ],
  [
    /([\w.]+)\(-?\d+\) is not a registered function\/op|No Op registered for ([\w.]+)|implementation for ([\w.]+)\(/,
    (match) => ({
      code: 'model.onnx-operator',
      expected: 'operators that ONNX Runtime knows',
      received: `the operator ${quoted(match[1] ?? match[2] ?? match[3] ?? '')}`,
      hint: `${EXPORT_AGAIN} Custom operator libraries are never loaded.`,
    }),
  ],
  [
    /max supported IR version|is under development/,
    () => ({
      code: 'model.onnx-operator',
      expected: 'an ONNX version that this ONNX Runtime reads',
      received: 'a newer one',
      hint: EXPORT_AGAIN,
    }),
  ],
  [
    /external data/i,
    () => ({
      code: 'model.external-data',
      expected: 'weights beside the model file, whole and inside its folder',
      received: 'external data that ONNX Runtime will not read',
      hint: LOAD_AGAIN,
    }),
  ],
  [
    /bad_alloc|bad allocation|Failed to allocate/i,
    () => ({
      code: 'model.memory',
      expected: 'a model that fits into memory',
      received: 'one that does not',
      hint: 'Use a smaller model, a smaller --batch, or a machine with more memory.',
    }),
  ],
]

/** Turns a failure of ONNX Runtime over the file `at` into a ModelError; any other error is returned as it is. */
export function describeInferenceError(error: unknown, at: string): unknown {
  if (error instanceof ChildEnded) {
    if (isKilled(error.end)) return isolationFailed(error, 'embeds') // no crash of the model's
    const { code, ...fault } = explainEnd(error.end)
    return new ModelError(code, { at, ...fault }, { cause: error })
  }
  if (!(error instanceof InferenceError)) return error
  for (const [pattern, explain] of EXPLANATIONS) {
    const match = error.message.match(pattern)
    if (match === null) continue
    const { code, ...fault } = explain(match)
    return new ModelError(code, { at, ...fault }, { cause: error })
  }
  const received = `a refusal: ${quoted(firstLineWithoutPaths(error.message))}`
  return new ModelError(
    'model.onnx-refused',
    { at, expected: 'a model that ONNX Runtime runs', received },
    { cause: error },
  )
}

/** A model that ends its process, or never answers, when it is loaded or run. */
function explainEnd(end: ChildEnd): Explanation {
  const DISTRUST = 'The file may be damaged or made to do harm: get it again, from somebody you trust.'
  switch (end.kind) {
    case 'memory':
      return {
        code: 'model.memory',
        expected: `a model that needs at most ${gigabytes(end.bytes)} of memory`,
        received: 'one that needs more',
        hint: 'Allow more with --isolate-memory, or use a smaller model or --batch.',
      }
    case 'died':
      return {
        code: 'model.crash',
        expected: 'a model that ONNX Runtime runs',
        received: `one whose process ${describeEnd(end)}, each time`,
        hint: DISTRUST,
      }
    case 'unanswered':
    case 'silent':
      return {
        code: 'model.timeout',
        expected: 'a model that ONNX Runtime runs',
        received: `one whose process ${describeEnd(end)}`,
        hint: DISTRUST,
      }
  }
}

/** Without the C++ source line and signature, without paths, first line only. */
export function firstLineWithoutPaths(message: string): string {
  const withoutTrace = message.replace(/\/onnxruntime_src\/\S+ [^(]*\((?:[^()]|\([^()]*\))*\)\s*/g, '')
  return (
    withoutTrace
      .replace(/\/\S+\/(?=\S)/g, '')
      .split('\n')[0]
      ?.trim() ?? ''
  )
}
