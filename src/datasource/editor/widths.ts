/** Widths of the editor’s labels and fields, in units of 8 px. */
export const LABEL_WIDTH = 14;
export const FIELD_WIDTH = 28;
