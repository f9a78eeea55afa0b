/** Arrow IPC files ⇄ data frames: the one format in which every version of Grafana's plugin protocol carries frames. */
export { decodeFrame } from './decode';
export { encodeFrame } from './encode';
