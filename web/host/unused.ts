/** Stands for a library that @grafana/ui imports on demand and this page never asks for. */
export default undefined;
