import { PluginProcess } from './plugin-process';

/** A plugin in one line of JavaScript. */
function startScript(script: string, startTimeoutMs = 10_000) {
  return PluginProcess.start({ executable: process.execPath, args: ['-e', script], startTimeoutMs });
}

const STAY = 'setInterval(() => undefined, 1000)';

describe('starting a plugin', () => {
  it.each([
    [
      'ends before its handshake',
      'console.error("no such module"); process.exit(3)',
      /exit code 3.*\n {2}no such module/,
    ],
    ['says something else', `console.log("hello"); ${STAY}`, /not a plugin handshake: "hello"/],
    ['speaks another version', `console.log("1|3|tcp|127.0.0.1:1|grpc"); ${STAY}`, /protocol version 3 is not 2/],
  ])('fails with the reason when it %s', async (_, script, reason) => {
    await expect(startScript(script)).rejects.toThrow(reason);
  });

  it('fails when it stays silent for too long', async () => {
    await expect(startScript(STAY, 100)).rejects.toThrow('no handshake within 100 ms');
  });

  it('fails when there is no such executable', async () => {
    await expect(PluginProcess.start({ executable: './no-such-plugin' })).rejects.toThrow(/no-such-plugin.*ENOENT/);
  });

  it('gives it the cookie and the environment it is meant to have', async () => {
    const plugin = await PluginProcess.start({
      executable: process.execPath,
      args: ['-e', 'const e = process.env; console.log(`1|2|unix|${e.grafana_plugin_type}-${e.GIVEN}-${e.HOME}|grpc`)'],
      env: { GIVEN: 'given' },
    });
    expect(plugin.target).toBe('unix:datasource-given-undefined');
    await plugin.exited;
  });

  it('tells a process that ends from one that does not', async () => {
    const plugin = await startScript(
      `process.on("SIGTERM", () => 0); console.log("1|2|tcp|127.0.0.1:1|grpc"); ${STAY}`,
    );
    plugin.kill('SIGTERM');
    expect(await plugin.hasExitedWithin(100)).toBe(false);
    plugin.kill('SIGKILL');
    expect(await plugin.hasExitedWithin(5000)).toBe(true);
    expect(await plugin.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });
});
