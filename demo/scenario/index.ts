export * from './alert-drill';
export * from './scenario';
export * from './seeded';
export * from './truth';
