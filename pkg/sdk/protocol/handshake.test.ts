import { formatHandshake, parseHandshake } from './handshake';

describe('the handshake line', () => {
  it('is read as it was written', () => {
    expect(formatHandshake(40123)).toBe('1|2|tcp|127.0.0.1:40123|grpc');
    expect(parseHandshake(formatHandshake(40123))).toBe('127.0.0.1:40123');
  });

  it('of a plugin on a socket names the socket', () => {
    expect(parseHandshake('1|2|unix|/tmp/plugin1|grpc\n')).toBe('unix:/tmp/plugin1');
  });

  it('may carry more, as newer versions of go-plugin write', () => {
    expect(parseHandshake('1|2|tcp|127.0.0.1:1|grpc||true')).toBe('127.0.0.1:1');
  });

  it.each([
    ['', /not a plugin handshake/],
    ['hello', /not a plugin handshake/],
    ['1|2|tcp||grpc', /not a plugin handshake/],
    ['2|2|tcp|127.0.0.1:1|grpc', /core version 2/],
    ['1|1|tcp|127.0.0.1:1|grpc', /protocol version 1/],
    ['1|2|udp|127.0.0.1:1|grpc', /listens on udp/],
    ['1|2|tcp|127.0.0.1:1|netrpc', /speaks netrpc/],
  ])('%j is refused with the reason', (line, reason) => {
    expect(() => parseHandshake(line)).toThrow(reason);
  });
});
