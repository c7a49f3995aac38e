// How PostgreSQL is set where Fairway runs it itself: small and quiet, and never at the cost of what was committed.

/** Measured: 20 MB with one connection instead of 30. `fsync` and `synchronous_commit` keep their defaults on purpose. */
export const TUNED: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // A socket's path ends at 107 bytes: a deep data folder would break it.
  unix_socket_directories: '',
  cluster_name: 'fairway',
  shared_buffers: '32MB',
  max_connections: '40',
  jit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  min_wal_size: '64MB',
  autovacuum_max_workers: '2',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  // An open transaction holds back every reader of the log (it is read in commit order).
  idle_in_transaction_session_timeout: '30s',
}
