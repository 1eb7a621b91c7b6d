import { parentPort } from 'node:worker_threads'
import { buffersOf } from './inference-protocol.js'
import type { InferenceRequest, Numbered } from './inference-protocol.js'
import { createInferenceServer } from './serve-inference.js'

const serve = createInferenceServer()

parentPort?.on('message', ({ id, message }: Numbered<InferenceRequest>) => {
  void serve(message).then((reply) => {
    parentPort?.postMessage({ id, message: reply }, reply.kind === 'ran' ? buffersOf(reply.outputs) : [])
  })
})
