import { parentPort } from 'node:worker_threads'
import { buffersOf } from './inference-protocol.js'
import type { InferenceRequest, Numbered } from './inference-protocol.js'
import { createInferenceServer } from './serve-inference.js'

const serve = createInferenceServer()

parentPort?.on('message', ({ id, message }: Numbered<InferenceRequest>) => {
  void serve(message).then((reply) => {
    const moved = reply.kind === 'ran' ? buffersOf([...reply.outputs, ...reply.spent.map((data) => ({ data }))]) : []
    parentPort?.postMessage({ id, message: reply }, moved)
  })
})
