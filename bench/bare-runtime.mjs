// The floor: a process that only runs ONNX Runtime, on pixels that are already prepared.
// node bare-runtime.mjs <model folder> <images> <batch> [file in its folder onnx]
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const [model, images, batch] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const file = process.argv[5] ?? 'vision_model.onnx'
const PIXELS = 224

// Probity's own copy of the runtime: from here a plain import would find the peer's.
const runtime = createRequire(new URL('../package.json', import.meta.url))('onnxruntime-node')
const session = await runtime.InferenceSession.create(join(model, 'onnx', file), {
  intraOpNumThreads: availableParallelism(),
})
const pixels = Float32Array.from({ length: batch * 3 * PIXELS * PIXELS }, (_, index) => Math.sin(index * 12.9898))
const tensor = new runtime.Tensor('float32', pixels, [batch, 3, PIXELS, PIXELS])
let done = 0
while (done < images) {
  const { image_embeds: vectors } = await session.run({ pixel_values: tensor })
  done += vectors.dims[0]
}
console.log(JSON.stringify({ images: done }))
