// Original file: file_transfer.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { DeleteRequest as _files_DeleteRequest, DeleteRequest__Output as _files_DeleteRequest__Output } from '../files/DeleteRequest.ts';
import type { DeleteResponse as _files_DeleteResponse, DeleteResponse__Output as _files_DeleteResponse__Output } from '../files/DeleteResponse.ts';
import type { DownloadRequest as _files_DownloadRequest, DownloadRequest__Output as _files_DownloadRequest__Output } from '../files/DownloadRequest.ts';
import type { DownloadResponse as _files_DownloadResponse, DownloadResponse__Output as _files_DownloadResponse__Output } from '../files/DownloadResponse.ts';
import type { File as _files_File, File__Output as _files_File__Output } from '../files/File.ts';
import type { ListRequest as _files_ListRequest, ListRequest__Output as _files_ListRequest__Output } from '../files/ListRequest.ts';
import type { QueryUploadRequest as _files_QueryUploadRequest, QueryUploadRequest__Output as _files_QueryUploadRequest__Output } from '../files/QueryUploadRequest.ts';
import type { UploadRequest as _files_UploadRequest, UploadRequest__Output as _files_UploadRequest__Output } from '../files/UploadRequest.ts';
import type { UploadStatus as _files_UploadStatus, UploadStatus__Output as _files_UploadStatus__Output } from '../files/UploadStatus.ts';

/**
 * Files in one folder: uploads that can continue after a break, downloads that are checked.
 */
export interface FileTransferClient extends grpc.Client {
  /**
   * Deletes a file. NOT_FOUND if it does not exist.
   */
  Delete(argument: _files_DeleteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_files_DeleteResponse__Output>): grpc.ClientUnaryCall;
  Delete(argument: _files_DeleteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_files_DeleteResponse__Output>): grpc.ClientUnaryCall;
  Delete(argument: _files_DeleteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_files_DeleteResponse__Output>): grpc.ClientUnaryCall;
  Delete(argument: _files_DeleteRequest, callback: grpc.requestCallback<_files_DeleteResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Deletes a file. NOT_FOUND if it does not exist.
   */
  delete(argument: _files_DeleteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_files_DeleteResponse__Output>): grpc.ClientUnaryCall;
  delete(argument: _files_DeleteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_files_DeleteResponse__Output>): grpc.ClientUnaryCall;
  delete(argument: _files_DeleteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_files_DeleteResponse__Output>): grpc.ClientUnaryCall;
  delete(argument: _files_DeleteRequest, callback: grpc.requestCallback<_files_DeleteResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Sends a file or a range of it: the file's description, then its bytes, then a checksum.
   * FAILED_PRECONDITION if the file has another version than the client asks for.
   */
  Download(argument: _files_DownloadRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_files_DownloadResponse__Output>;
  Download(argument: _files_DownloadRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_files_DownloadResponse__Output>;
  /**
   * Sends a file or a range of it: the file's description, then its bytes, then a checksum.
   * FAILED_PRECONDITION if the file has another version than the client asks for.
   */
  download(argument: _files_DownloadRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_files_DownloadResponse__Output>;
  download(argument: _files_DownloadRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_files_DownloadResponse__Output>;
  
  /**
   * Describes each file, sorted by name.
   */
  List(argument: _files_ListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_files_File__Output>;
  List(argument: _files_ListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_files_File__Output>;
  /**
   * Describes each file, sorted by name.
   */
  list(argument: _files_ListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_files_File__Output>;
  list(argument: _files_ListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_files_File__Output>;
  
  /**
   * Says how much of an upload is committed, and whether it is complete.
   * NOT_FOUND if the server has nothing of it.
   */
  QueryUpload(argument: _files_QueryUploadRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientUnaryCall;
  QueryUpload(argument: _files_QueryUploadRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientUnaryCall;
  QueryUpload(argument: _files_QueryUploadRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientUnaryCall;
  QueryUpload(argument: _files_QueryUploadRequest, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientUnaryCall;
  /**
   * Says how much of an upload is committed, and whether it is complete.
   * NOT_FOUND if the server has nothing of it.
   */
  queryUpload(argument: _files_QueryUploadRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientUnaryCall;
  queryUpload(argument: _files_QueryUploadRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientUnaryCall;
  queryUpload(argument: _files_QueryUploadRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientUnaryCall;
  queryUpload(argument: _files_QueryUploadRequest, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientUnaryCall;
  
  /**
   * Receives a file: a start, then chunks, then a finish. The file appears when the finish has
   * arrived and its length and checksum are right. Until then an old file with this name stays.
   * After a half-close without a finish, the response only says how much is committed.
   * 
   * If two uploads have the same name, the one that finishes last replaces the other. After a
   * break the upload stays open: call again with the same upload_id, and continue at the
   * committed size. If a second call has the same upload_id, the first call ends with ABORTED.
   */
  Upload(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientWritableStream<_files_UploadRequest>;
  Upload(metadata: grpc.Metadata, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientWritableStream<_files_UploadRequest>;
  Upload(options: grpc.CallOptions, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientWritableStream<_files_UploadRequest>;
  Upload(callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientWritableStream<_files_UploadRequest>;
  /**
   * Receives a file: a start, then chunks, then a finish. The file appears when the finish has
   * arrived and its length and checksum are right. Until then an old file with this name stays.
   * After a half-close without a finish, the response only says how much is committed.
   * 
   * If two uploads have the same name, the one that finishes last replaces the other. After a
   * break the upload stays open: call again with the same upload_id, and continue at the
   * committed size. If a second call has the same upload_id, the first call ends with ABORTED.
   */
  upload(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientWritableStream<_files_UploadRequest>;
  upload(metadata: grpc.Metadata, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientWritableStream<_files_UploadRequest>;
  upload(options: grpc.CallOptions, callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientWritableStream<_files_UploadRequest>;
  upload(callback: grpc.requestCallback<_files_UploadStatus__Output>): grpc.ClientWritableStream<_files_UploadRequest>;
  
}

/**
 * Files in one folder: uploads that can continue after a break, downloads that are checked.
 */
export interface FileTransferHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Deletes a file. NOT_FOUND if it does not exist.
   */
  Delete: grpc.handleUnaryCall<_files_DeleteRequest__Output, _files_DeleteResponse>;
  
  /**
   * Sends a file or a range of it: the file's description, then its bytes, then a checksum.
   * FAILED_PRECONDITION if the file has another version than the client asks for.
   */
  Download: grpc.handleServerStreamingCall<_files_DownloadRequest__Output, _files_DownloadResponse>;
  
  /**
   * Describes each file, sorted by name.
   */
  List: grpc.handleServerStreamingCall<_files_ListRequest__Output, _files_File>;
  
  /**
   * Says how much of an upload is committed, and whether it is complete.
   * NOT_FOUND if the server has nothing of it.
   */
  QueryUpload: grpc.handleUnaryCall<_files_QueryUploadRequest__Output, _files_UploadStatus>;
  
  /**
   * Receives a file: a start, then chunks, then a finish. The file appears when the finish has
   * arrived and its length and checksum are right. Until then an old file with this name stays.
   * After a half-close without a finish, the response only says how much is committed.
   * 
   * If two uploads have the same name, the one that finishes last replaces the other. After a
   * break the upload stays open: call again with the same upload_id, and continue at the
   * committed size. If a second call has the same upload_id, the first call ends with ABORTED.
   */
  Upload: grpc.handleClientStreamingCall<_files_UploadRequest__Output, _files_UploadStatus>;
  
}

export interface FileTransferDefinition extends grpc.ServiceDefinition {
  Delete: MethodDefinition<_files_DeleteRequest, _files_DeleteResponse, _files_DeleteRequest__Output, _files_DeleteResponse__Output>
  Download: MethodDefinition<_files_DownloadRequest, _files_DownloadResponse, _files_DownloadRequest__Output, _files_DownloadResponse__Output>
  List: MethodDefinition<_files_ListRequest, _files_File, _files_ListRequest__Output, _files_File__Output>
  QueryUpload: MethodDefinition<_files_QueryUploadRequest, _files_UploadStatus, _files_QueryUploadRequest__Output, _files_UploadStatus__Output>
  Upload: MethodDefinition<_files_UploadRequest, _files_UploadStatus, _files_UploadRequest__Output, _files_UploadStatus__Output>
}
