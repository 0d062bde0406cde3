export { startServer, type RunningServer, type ServerPorts } from './app.ts'
export { ConfigError, readConfig, type Demo, type ServerConfig } from './config.ts'
