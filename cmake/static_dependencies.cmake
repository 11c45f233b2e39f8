# Point every imported target at the archive that lies beside its shared library.
#
# Debian exports gRPC and Abseil as SHARED IMPORTED targets whatever CMAKE_FIND_LIBRARY_SUFFIXES
# says, though the same packages hold the archives; RE2 arrives as a bare `-lre2`. So the targets
# are rewritten after they were found. Their interface lists are complete enough for archives.
function(palisade_archive_beside library result)
  string(REGEX REPLACE "\\.so[.0-9]*$" ".a" archive "${library}")
  if(NOT archive STREQUAL library AND EXISTS "${archive}")
    set(${result} "${archive}" PARENT_SCOPE)
  elseif(library MATCHES "^-l(.+)$")
    find_library(PALISADE_ARCHIVE_${CMAKE_MATCH_1} NAMES lib${CMAKE_MATCH_1}.a)
    if(PALISADE_ARCHIVE_${CMAKE_MATCH_1})
      set(${result} "${PALISADE_ARCHIVE_${CMAKE_MATCH_1}}" PARENT_SCOPE)
    endif()
  endif()
endfunction()

function(palisade_use_archives)
  get_property(targets DIRECTORY PROPERTY IMPORTED_TARGETS)
  foreach(target IN LISTS targets)
    foreach(property IMPORTED_LOCATION IMPORTED_LOCATION_NONE IMPORTED_LOCATION_RELEASE
                     INTERFACE_LINK_LIBRARIES)
      get_target_property(values ${target} ${property})
      if(NOT values)
        continue()
      endif()
      set(rewritten "")
      foreach(value IN LISTS values)
        set(archive "${value}")
        palisade_archive_beside("${value}" archive)
        list(APPEND rewritten "${archive}")
      endforeach()
      set_target_properties(${target} PROPERTIES ${property} "${rewritten}")
    endforeach()
  endforeach()
endfunction()

palisade_use_archives()
add_compile_options(-ffunction-sections -fdata-sections)
add_link_options(-Wl,--gc-sections)
# gold folds identical functions, which the default linker cannot. Not every system has it any more.
include(CheckLinkerFlag)
check_linker_flag(CXX "-fuse-ld=gold;-Wl,--icf=safe" PALISADE_GOLD)
if(PALISADE_GOLD)
  add_link_options(-fuse-ld=gold -Wl,--icf=safe)
endif()
if(PALISADE_FULLY_STATIC)
  # Position independence would cost 0.7 MB and the relocations at every start.
  add_compile_options(-fno-pie)
  add_link_options(-static -no-pie)
endif()
