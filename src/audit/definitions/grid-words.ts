/** The choice of every factor that leaves the label set as it is. */
export const AS_WRITTEN = 'as-written'
/** The choice that adds no label. */
export const NO_ALTERNATIVE = 'none'
