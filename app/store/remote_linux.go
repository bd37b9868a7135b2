package store

import "syscall"

// remoteFileSystems are the magic numbers of network file systems, from
// linux/magic.h.
var remoteFileSystems = map[uint32]bool{
	0x6969:     true, // NFS
	0x517b:     true, // SMB
	0xff534d42: true, // CIFS
	0xfe534d42: true, // SMB2
	0x564c:     true, // NCP
	0x5346414f: true, // AFS
	0x73757245: true, // Coda
}

// IsRemote reports whether the folder is on another machine.
func IsRemote(folder string) (bool, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return false, err
	}
	return remoteFileSystems[uint32(s.Type)], nil
}
