/** Entry of the backend executable `gpx_uplift_<os>_<arch>`. */
import { createPlugin } from './plugin';
import { createLogger, serve } from './sdk/server';

const logger = createLogger({ module: 'uplift' });
await serve(createPlugin(logger), logger);
