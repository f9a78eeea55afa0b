import { inWords } from './backend';

test('a call that took too long is told in words, not in gRPC’s', async () => {
  const late = Object.assign(new Error('4 DEADLINE_EXCEEDED: Deadline exceeded after 90.000s'), { code: 4 });
  await expect(inWords(Promise.reject(late))).rejects.toThrow('The sources took longer than 90 s to answer.');
});

test('any other failure of a call stays what it is', async () => {
  await expect(inWords(Promise.reject(new Error('14 UNAVAILABLE')))).rejects.toThrow('14 UNAVAILABLE');
  await expect(inWords(Promise.resolve(1))).resolves.toBe(1);
});
