/** Image files that are read at once at the most, however many cores there are: a system may allow few open files. */
export const MOST_FILES_AT_ONCE = 32
