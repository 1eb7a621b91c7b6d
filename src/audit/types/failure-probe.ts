/** The id of the question that every run asks of itself: whose images could not be read. A limit may name it; no file defines it. */
export const FAILURE_PROBE = 'failure-to-process'
