export default { build: { ssr: 'app.ts', outDir: 'built' } };
