/** What `provisioning/` makes of the bundle in a Grafana. */
export const DATA_SOURCE = { uid: 'uplift', name: 'Uplift', type: 'modelops-uplift-datasource' };
export const EXPERIMENT = 'checkout-ranking';
export const EXPERIMENT_NAME = 'Checkout recommender';
export const DASHBOARDS = ['live-ab', 'business-impact', 'model-monitoring'].map((name) => ({
  uid: `uplift-${name}`,
  fileName: `${name}.json`,
}));
