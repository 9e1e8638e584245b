// A test that fails says where in the TypeScript; commands leave source maps out, see speed/register.cjs.
process.setSourceMapsEnabled(true);
