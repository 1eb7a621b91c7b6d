/** The phantom: a simulated dataset and a constructed model whose rates are known. For trying out a program, and for testing one.
 *  It says nothing about any model or any people.
 *  @module probity/phantom */
export { buildPhantom, type PhantomFiles, type PhantomOptions } from './phantom/build-phantom.js'
export type { Sampling } from './phantom/draw-truth.js'
export { readShippedWorld, readWorld } from './phantom/read-world.js'
export type { World, WorldAttribute, WorldCell } from './phantom/world.js'
