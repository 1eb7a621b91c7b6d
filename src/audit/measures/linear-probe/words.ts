import { sentencesOf } from '../sentences.js'

/** A sentence of this measure. */
export const says = sentencesOf('linear-probe')
