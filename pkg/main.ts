/** Entry of the backend executable `gpx_uplift_<os>_<arch>`. */
import { createPlugin } from './plugin';
import { createLogger, serve } from './sdk/server';

const logger = createLogger({ module: 'uplift' });
// Not awaited: bytecode is compiled from CommonJS, which knows no await at the top.
void serve(createPlugin(logger), logger);
