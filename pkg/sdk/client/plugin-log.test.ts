import { createLogger } from '../server';
import { parseLogLine } from './plugin-log';

describe('a line of the log of a plugin', () => {
  it('is read as the logger wrote it', () => {
    const lines: string[] = [];
    const logger = createLogger({ module: 'uplift', level: 'debug' }, { write: (line) => lines.push(line) });
    logger.debug({ source: 'prometheus' }, 'slow');
    logger.fatal({ error: new Error('broken') }, 'failed');
    logger.trace('too fine');
    expect(lines.map(parseLogLine)).toEqual([
      {
        level: 'debug',
        message: 'slow',
        fields: {
          '@module': 'uplift',
          '@timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string,
          source: 'prometheus',
        },
      },
      {
        level: 'error',
        message: 'failed',
        fields: expect.objectContaining({ error: expect.objectContaining({ message: 'broken' }) as object }) as object,
      },
    ]);
  });

  it.each(['panic: out of memory', '{"half":', '[]', '{"@level":"loud","@message":"x"}'])(
    'is its own message when it is not one of hclog: %s',
    (line) => {
      expect(parseLogLine(line)).toEqual({ level: 'info', message: line, fields: {} });
    },
  );
});
