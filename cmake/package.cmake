# palisade_package(<name> <schema folder>)
#
# Merges the fragments below the folder and makes
#   palisade_package_<name>   a library with `const schema::Embedded& <Name>Package()` ("package.h")
#   palisade_keys_<name>      an interface target for "keys/<module>.h", the property names
# and ${CMAKE_BINARY_DIR}/generated/<name>/schema.json, the published schema.
function(palisade_package name folder)
  set(out ${CMAKE_BINARY_DIR}/generated/${name})
  file(GLOB_RECURSE fragments CONFIGURE_DEPENDS ${folder}/*.json)
  # The stamp stands for all outputs: the tool leaves unchanged files alone.
  add_custom_command(
    OUTPUT ${out}/stamp
    BYPRODUCTS ${out}/package.h ${out}/package.cc ${out}/schema.json
    COMMAND schema_tool ${folder} ${PROJECT_VERSION} ${out}
    COMMAND ${CMAKE_COMMAND} -E touch ${out}/stamp
    DEPENDS schema_tool ${fragments}
    COMMENT "Merging the schema fragments of ${name}")
  add_custom_target(palisade_fragments_${name} DEPENDS ${out}/stamp)

  add_library(palisade_keys_${name} INTERFACE)
  target_include_directories(palisade_keys_${name} INTERFACE ${out})
  add_dependencies(palisade_keys_${name} palisade_fragments_${name})

  add_library(palisade_package_${name} STATIC ${out}/package.cc)
  set_source_files_properties(${out}/package.cc PROPERTIES GENERATED TRUE)
  target_include_directories(palisade_package_${name} PUBLIC ${out})
  target_link_libraries(palisade_package_${name} PUBLIC palisade_schema)
  add_dependencies(palisade_package_${name} palisade_fragments_${name})
endfunction()
