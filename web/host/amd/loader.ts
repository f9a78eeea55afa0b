/**
 * Loads the AMD modules a plugin build produces: an anonymous `define(dependencies, factory)` a file. A script tag and no
 * `eval`, so that a strict content security policy holds and source maps work.
 */
import { shared } from 'virtual:shared-libraries';

type Factory = (...dependencies: unknown[]) => unknown;
type Exports = Record<string, unknown>;

declare global {
  interface Window {
    define?: ((dependencies: string[], factory: Factory) => void) & { amd: object };
  }
}

const waiting = new Map<string, (exports: Exports) => void>();
const loaded = new Map<string, Promise<Exports>>();

const unsupportedRequire = (name: string) => {
  throw new Error(`a plugin module asked for ${name} at run time; the page provides shared libraries only`);
};

/**
 * A library as a module gets it. The page holds what the modules imported when it was built; anything else is an error that
 * says so, where undefined would be a component that React cannot name.
 */
function guard(name: string, library: Exports): Exports {
  const missing = new Proxy<Exports>(
    {},
    {
      get: (_target, key) => {
        // Bundlers and promises look for these on whatever they are given.
        if (typeof key === 'symbol' || ['default', '__esModule', 'then'].includes(key)) {
          return undefined;
        }
        throw new Error(`a plugin module uses ${key} of ${name}, which this page was built without; build it again`);
      },
    },
  );
  return Object.freeze(Object.setPrototypeOf({ ...library }, missing) as Exports);
}

const guarded = new Map([...shared].map(([name, library]) => [name, guard(name, library)]));

function dependency(name: string, uri: string, exports: Exports): unknown {
  switch (name) {
    case 'exports':
      return exports;
    case 'module':
      return { id: uri, uri };
    case 'require':
      return unsupportedRequire;
    default: {
      const library = guarded.get(name);
      if (library === undefined) {
        throw new Error(`${uri} needs '${name}', which the page does not share`);
      }
      return library;
    }
  }
}

/** Installs `window.define`. Must run before the first `importModule`. */
export function installDefine(): void {
  const define = (dependencies: string[], factory: Factory) => {
    const uri = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';
    const exports: Exports = {};
    factory(...dependencies.map((name) => dependency(name, uri, exports)));
    waiting.get(uri)?.(exports);
  };
  window.define = Object.assign(define, { amd: {} });
}

/** The exports of the module at `url`, loaded once. A failed load may be tried again. @throws Error when it cannot be loaded */
export function importModule(url: string): Promise<Exports> {
  const src = new URL(url, window.location.href).href;
  const known = loaded.get(src);
  if (known !== undefined) {
    return known;
  }
  const module = new Promise<Exports>((resolve, reject) => {
    waiting.set(src, resolve);
    const onerror = () => {
      loaded.delete(src);
      reject(new Error(`the plugin module ${url} could not be loaded`));
    };
    // Runs after define(); a script that threw, or defined nothing, would otherwise wait for ever.
    const onload = () => reject(new Error(`${url} did not define a module; see the browser's console`));
    // Not into the head: whatever changes there makes the browser ask for the page's icon again.
    document.body.append(Object.assign(document.createElement('script'), { src, async: true, onerror, onload }));
  });
  loaded.set(src, module);
  return module;
}
