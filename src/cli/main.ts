#!/usr/bin/env node
import { buildProgram } from './program.js'
import { exitWith } from './exit.js'
import { listenForSignals } from './interruption.js'

process.stdout.on('error', quietWhenPipeCloses)
process.stderr.on('error', quietWhenPipeCloses)

process.env['ORT_DISABLE_TELEMETRY'] ??= '1' // before anything loads ONNX Runtime
listenForSignals()

try {
  await buildProgram().parseAsync()
} catch (error) {
  exitWith(error)
}

/** `probity list | head` closes our output early; that is no error of ours. What is still printed goes nowhere, and the run ends with the code
 *  it would have ended with: `probity gate a.json | head` must not turn a failed gate into a success. */
function quietWhenPipeCloses(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error
}
